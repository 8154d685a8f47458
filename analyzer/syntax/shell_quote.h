// What the shell's lexer and word reader both need to know of quoting: where a quote, expansion or
// substitution ends, whatever it nests, and where a here-document's body ends.
//
// Walks with an explicit stack. Offsets are of the text given. Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"

namespace oakum {

inline bool IsShellBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
inline bool IsShellDigit(char c) {
  return c >= '0' && c <= '9';
}
inline bool IsShellNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
// What ends an unquoted word.
inline bool IsShellMeta(char c) {
  return IsShellBlank(c) || c == '\n' ||
         std::string_view(";&|<>()").find(c) != std::string_view::npos;
}

inline char ShellCharAt(std::string_view text, size_t i) {
  return i < text.size() ? text[i] : '\0';
}

// The length of the line continuation at `i` (backslash, newline); 0 if there is none.
size_t ShellContinuation(std::string_view text, size_t i);

// Length of the variable name at `begin`; 0 if there is none.
uint32_t ShellNameLength(std::string_view text, uint32_t begin = 0);

// The end of the quote, expansion or substitution that opens at `begin` (", ', `, $(, ${, $', (,
// <(), closer included; none if it has no end.
std::optional<uint32_t> SkipShellQuote(std::string_view text, uint32_t begin);

struct HeredocDelimiter {
  std::string text;  // quotes removed
  bool quoted = false;
  bool strip_tabs = false;  // <<-
};

// Reads the delimiter word at `i`, blanks before it skipped, and moves behind it.
HeredocDelimiter ReadHeredocDelimiter(std::string_view text, size_t& i);

// The body that starts with the line at `i`; moves behind its terminator. Without one the body is
// the rest of the text.
Span SkipHeredocBody(std::string_view text, const HeredocDelimiter& delimiter, size_t& i);

}  // namespace oakum
