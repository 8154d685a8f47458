// The list of all rules. Registration is explicit: a rule exists because rules.def names it.
//
// Thread-safety: constant data.
#pragma once

#include <span>
#include <string_view>

#include "analyzer/engine/rule.h"

namespace oakum {

// Sorted by code.
std::span<const Rule* const> AllRules();

// By code or name, case-insensitive; null if there is none.
const Rule* FindRule(std::string_view code_or_name);

// The rule's page in Markdown.
std::string_view PageOf(const Rule& rule);

}  // namespace oakum
