// Code points to UTF-8, for the escapes of string literals.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

namespace oakum {

// The UTF-8 form of a code point; U+FFFD for surrogates and for numbers beyond Unicode.
std::string Utf8(uint32_t code_point);

// The value of a hexadecimal digit, or -1.
constexpr int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace oakum
