// Makefiles: the scripts that recipes are, and the variables that are filled into them.
//
// make reads a recipe line first and hands what it makes of it to a shell: `$$` is a dollar sign,
// `$(NAME)`, `${NAME}` and `$N` are variables, `$(shell ...)` is a command's output, the prefixes
// `@`, `-` and `+` are make's own. Each logical line is a shell of its own, except under
// `.ONESHELL:`. A line that goes on behind a backslash stays one line; the tab of the next one goes
// (GNU make manual, "Recipe Syntax", "How to Use Variables", "Multi-Line").
//
// Variables stay holes here (kEnvironment: make takes them from the environment, too), but for `$@`
// and `$*` where the target is known (makefile_target.h); a function call is one hole called by its
// text. Conditionals are not decided: both sides are read, and what
// is set in one says so. `include` is not followed.
//
// Time is linear. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/makefile_target.h"

namespace oakum {

struct MakeVariable {
  std::string name;
  Value value;
  Span name_span;
  Span span;  // the whole definition
  bool exported = false;
  bool append = false;       // +=
  bool command = false;      // !=: the value is a command, its output what counts
  bool conditional = false;  // between ifdef and endif, or for some targets alone
};

struct Makefile {
  std::vector<MakeVariable> variables;  // in the order of the file, `define` included
  std::vector<MakeRule> rules;
  std::vector<Value> scripts;  // what shells are given, in the order of makefile_target.h
};

Makefile ParseMakefile(const MappedText& text);

// The references of a text as make reads it.
Value MakeReferences(const MappedText& text);

}  // namespace oakum
