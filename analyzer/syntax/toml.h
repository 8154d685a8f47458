// TOML as a DataTree with exact bytes.
//
// toml++ reads the text; its positions (line and column) are turned into bytes, and strings and
// keys are decoded again from their own bytes, so that an escape maps to its source and a
// multi-line string to each of its lines. Members come in file order; `[[x]]` is a list of maps;
// dates are kOther with their text.
//
// A line that toml++ refuses is left out and the rest is read again, a fixed number of times: half
// a file being typed costs a line, not the file. Nesting is limited. The text may be a Value: holes
// inside strings are restored, a line with a bare hole is refused like any other.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

struct TomlText {
  DataTree tree;              // the root is a kMap; empty if nothing could be read
  std::vector<Error> errors;  // lines that were left out
};

TomlText ParseToml(const Value& text);

}  // namespace oakum
