// UTF-8, one character at a time, and how wide a terminal shows it.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

namespace oakum {

struct Utf8Character {
  char32_t code = 0;    // 0xfffd where the bytes are no valid UTF-8
  uint32_t length = 1;  // bytes; 1 for an invalid byte
  bool valid = false;
};

// The first character of `text`. Overlong forms, surrogates and values beyond U+10FFFF are invalid.
// REQUIRES: !text.empty().
Utf8Character DecodeUtf8(std::string_view text);

// Whether all of a text is valid. A byte-order mark is a character like any.
bool IsUtf8(std::string_view text);

// Cells that a terminal uses for a printable character: 0 for combining marks, 2 for wide East
// Asian characters and emoji, else 1.
uint32_t CellWidth(char32_t code);

}  // namespace oakum
