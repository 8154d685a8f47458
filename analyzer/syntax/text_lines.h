// The lines of a text, one Value each.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

// Without their line ends (LF, CR LF or a lone CR). A line end at the very end opens no further
// line.
inline std::vector<Value> SplitLines(const Value& text) {
  std::vector<Value> lines;
  const std::string_view all = text.text();
  for (uint32_t begin = 0; begin < all.size();) {
    const size_t found = all.find_first_of("\r\n", begin);
    const uint32_t end =
        found == std::string_view::npos ? text.size() : static_cast<uint32_t>(found);
    lines.push_back(text.Slice({begin, end}));
    begin = end + (all.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return lines;
}

}  // namespace oakum
