// Names as most host languages write them (a letter or '_', then letters, digits and '_'), and text
// without the blanks around it. Shared by the readers of references.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "analyzer/base/ascii.h"

namespace oakum {

constexpr bool IsNameByte(char c) {
  return IsAlnum(c) || c == '_';
}
constexpr bool IsNameStart(char c) {
  return IsNameByte(c) && !IsDigit(c);
}

// The end of the name at `at`; `at` itself if there is none.
inline size_t NameEnd(std::string_view text, size_t at) {
  if (at >= text.size() || !IsNameStart(text[at])) return at;
  while (at < text.size() && IsNameByte(text[at])) ++at;
  return at;
}

// Without ASCII blanks at either end.
inline std::string_view Strip(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

}  // namespace oakum
