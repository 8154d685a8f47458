// Justfiles (just, the command runner): the scripts that recipes are, and the variables that are
// filled into them.
//
// just fills `{{...}}` into a recipe line and hands it to a shell, each logical line to one of its
// own; `@`, `-` and `?` in front of a line are just's. A recipe that begins with `#!`, or has the
// attribute [script], is one text for one interpreter. A dollar sign means nothing to just: it is
// the shell's (just manual, "Recipe Lines", "Interpolation", "Shebang Recipes", "Script Recipes").
//
// Names in expressions are holes (kExpression), env() and its like are kEnvironment, backticks and
// shell() kCommand. Of `if` neither branch is taken: it is a hole. `import` and `mod` are not
// followed.
//
// Time is linear, nesting of expressions bounded. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct JustVariable {
  std::string name;
  Value value;  // of a parameter: its default, or empty
  Span name_span;
  Span span;  // the whole definition
  bool exported = false;
};

struct JustRecipe {
  std::vector<JustVariable> parameters;
  std::vector<Value> scripts;  // what the interpreter is given, in order
  std::string interpreter;     // "bash", "python3"; empty: the shell of the file
};

struct Justfile {
  std::vector<JustVariable> variables;  // in the order of the file
  std::vector<JustRecipe> recipes;
  std::vector<Value> commands;  // in backticks and shell()
  std::string shell;            // of `set shell`; empty: sh
};

Justfile ParseJustfile(const MappedText& text);

struct JustExpression {
  Value value;
  size_t end = 0;               // behind the expression
  std::vector<Value> commands;  // in backticks and shell()
};

// The expression that begins there; it ends where it is complete, at the latest with its line.
JustExpression ReadJustExpression(const MappedText& text, size_t begin);

// A text with `{{...}}` in it; `{{{{` are two braces. Commands in it are appended.
Value JustInterpolations(const MappedText& text, std::vector<Value>& commands);

}  // namespace oakum
