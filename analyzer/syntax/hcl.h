// HCL (docker-bake.hcl) as the DataTree that the JSON form of the same file has.
//
// An attribute is a member of its body. A block is a map below its type and then below each of its
// labels; blocks of one name are one map (github.com/hashicorp/hcl, spec.md and json/spec.md).
//
//   target "app" { args = { TOKEN = TOKEN } }     {"target": {"app": {"args": {"TOKEN": ...}}}}
//
// Strings and here-documents are kText, their `${...}` holes; a bare reference is a text that is
// one hole. Holes are kEnvironment: bake fills its variables in from the environment. Of an
// expression that is more than a reference, the hole is called like the first variable that may be
// its value. Comments are skipped. A line that is no HCL is left out and said so.
//
// Nesting is limited (kMaxHclDepth); deeper text is kOther. Time is linear in the text for each
// level. Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

inline constexpr int kMaxHclDepth = 32;

struct HclText {
  DataTree tree;              // the root is a kMap
  std::vector<Error> errors;  // lines that were left out
};

HclText ParseHcl(const MappedText& text);

// `${...}` of a template whose quotes and escapes are taken off already, as in the JSON form; `$${`
// is text, directives (`%{ if ... }`) yield none.
Value HclTemplate(const MappedText& text);

}  // namespace oakum
