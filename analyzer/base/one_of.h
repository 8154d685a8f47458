// Whether a text is one of a few.
//
// Thread-safety: a pure function.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace oakum {

inline bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace oakum
