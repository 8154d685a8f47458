// One word, or the body of a here-document, read with the shell's quoting rules (POSIX 2.2, 2.6).
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct ShellExpansion {
  Value value;
  std::vector<Value> commands;  // the scripts of its command and process substitutions, in order
};

// The word at `range` of script.text().
ShellExpansion ReadShellWord(const Value& script, Span range);

// A here-document's body. With `strip_tabs` the tabs at the start of each line are gone; with
// `expand` parameters and commands are expanded and quotes are text.
ShellExpansion ReadShellHeredoc(const Value& script, Span body, bool expand, bool strip_tabs);

}  // namespace oakum
