// Whether a text is one of a few, or of a sorted list.
//
// Thread-safety: pure functions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string_view>

namespace oakum {

inline bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// REQUIRES: `sorted` is.
template <size_t N>
constexpr bool IsIn(const std::string_view (&sorted)[N], std::string_view text) {
  return std::binary_search(std::begin(sorted), std::end(sorted), text);
}

}  // namespace oakum
