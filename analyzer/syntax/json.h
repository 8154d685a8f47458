// JSON as people keep it: standard JSON, and what can be read of the rest.
//
// Comments and trailing commas are taken (VS Code, tsconfig), and broken text yields the members
// that could be read. Strings are decoded (RFC 8259 section 7, surrogate pairs included; a lone
// surrogate becomes U+FFFD) with exact spans: an escape maps to its own bytes. The text may be a
// Value: a hole inside a string is that string's hole, a hole in place of a value is a kOther node
// with that hole.
//
// Members deeper than DataTree::kMaxDepth are left out and said so in `error`.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

struct JsonText {
  DataTree tree;  // empty if nothing could be read
  // The values after the first, as JSON Lines and streams of JSON have them.
  std::vector<DataTree> further;
  // What was passed over: a budget, text that is no JSON. The rest was read.
  std::optional<Error> error;
  // A comma stands behind the last member of something, which strict readers refuse.
  bool trailing_comma = false;
};

JsonText ParseJson(const Value& text);

}  // namespace oakum
