// Whether a text can hold anything that a rule would speak about: the gate before any parser.
//
// Most files of a tree cannot, and parsing is what costs time. The answer is generous: a text is
// let through when any of the words occurs that the front ends and rules of its language start
// from. A rule that starts from another word adds it to the table in interest.cc; its fixtures,
// which pass through here too, tell when it has been forgotten.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "analyzer/model/language.h"

namespace oakum {

// Linear in the text, a small part of the cost of reading it. The path matters to some YAML only.
bool MayMatter(Language language, std::string_view text, std::string_view path = {});

// Where a text opens so many brackets in a row that no front end may follow them, or npos. Such a
// text matters in languages that nest, if only for saying so.
size_t FindDeepNesting(std::string_view text);

// Whether a Python module that does not matter for itself may give something that does to those
// that import it: a credential's name or value, the environment, an address.
bool MayMatterToOthers(std::string_view text, std::string_view path);

}  // namespace oakum
