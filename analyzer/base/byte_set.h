// A set of bytes, and the search for the first of them in a text.
//
// std::string_view::find_first_of() asks its list anew at every byte; this looks each byte up in a
// table. For what is asked of every file of a tree.
//
// Thread-safety: immutable after construction.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace oakum {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }

  constexpr bool Has(char c) const { return has_[static_cast<unsigned char>(c)]; }

  // The first place from `at` on with a byte of the set; the size of the text if there is none.
  constexpr size_t FirstIn(std::string_view text, size_t at = 0) const {
    while (at < text.size() && !Has(text[at])) ++at;
    return at < text.size() ? at : text.size();
  }

 private:
  std::array<bool, 256> has_ = {};
};

}  // namespace oakum
