// Whether a text is one of a few, or of a sorted list.
//
// Thread-safety: pure functions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

// A sorted list that most texts are none of: their length tells most of them, before any is
// compared.
template <size_t N>
class WordTable {
 public:
  // REQUIRES: `sorted` is, and outlives the table.
  constexpr explicit WordTable(const std::string_view (&sorted)[N]) : words_(sorted) {
    for (std::string_view word : sorted) lengths_ |= Bit(word);
  }

  constexpr bool Has(std::string_view text) const {
    return (lengths_ & Bit(text)) != 0 && IsIn(words_, text);
  }

 private:
  static constexpr uint64_t Bit(std::string_view text) {
    return uint64_t{1} << std::min<size_t>(text.size(), 63);
  }

  const std::string_view (&words_)[N];
  uint64_t lengths_ = 0;
};

}  // namespace oakum
