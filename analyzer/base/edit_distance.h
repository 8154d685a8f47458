// "Did you mean": how far apart two words are, and the nearest of several.
//
// Used for rules, flags, subcommands and languages that do not exist, and for keywords of formats
// that know no others.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace oakum {

// Insertions, deletions, substitutions and swaps of neighbours (Damerau's distance, each part of a
// word edited once), ignoring ASCII case.
size_t EditDistance(std::string_view a, std::string_view b);

// The candidate nearest to `word`, or empty if none is near enough to be meant: within a third of
// the word's length, at least one and at most three edits. The first of equals.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace oakum
