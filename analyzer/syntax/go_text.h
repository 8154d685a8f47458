// What Go's standard library thinks of characters.
//
// BuildKit is written in Go, and which byte ends a word, starts a name or is escaped in its dump
// follows from Go's unicode, strings and strconv packages. Those answers live here, so that the
// Dockerfile and ignore file readers can be exact without a Unicode library. Letters outside ASCII
// are told by block rather than by the full table: only symbols, punctuation, blanks and private
// use are none.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"

namespace oakum {

inline constexpr char32_t kReplacementRune = 0xfffd;

struct Rune {
  char32_t value = 0;
  uint32_t size = 0;  // bytes; 0 at the end of the text
};

// The character at `at`. A byte that is no UTF-8 is U+FFFD of size 1.
Rune DecodeRune(std::string_view text, size_t at);

bool IsGoSpace(char32_t rune);   // unicode.IsSpace
bool IsGoLetter(char32_t rune);  // unicode.IsLetter, see above
inline bool IsGoDigit(char32_t rune) {
  return rune >= '0' && rune <= '9';
}

// The range of `text` without Go blanks at its ends.
Span TrimGoSpace(std::string_view text);
MappedText TrimGoSpace(const MappedText& text);

// strconv.Quote: in double quotes, with what cannot be printed escaped.
std::string QuoteGo(std::string_view text);

// ASCII only.
std::string ToLowerAscii(std::string_view text);

}  // namespace oakum
