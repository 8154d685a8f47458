// A half-open range of bytes in one Source.
//
// Spans are the only notion of position inside oakum: lines, columns and UTF-16 units exist at the
// edge alone (line_index.h). A Span does not know its Source; whoever holds one knows which text it
// belongs to. Offsets are 32 bits wide because no file above 4 GiB is ever read (see file budgets).
//
// Thread-safety: a plain value.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace oakum {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;  // REQUIRES: end >= begin

  constexpr uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool Contains(uint32_t offset) const { return begin <= offset && offset < end; }
  constexpr bool Contains(Span inner) const { return begin <= inner.begin && inner.end <= end; }
  constexpr bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Span&) const = default;

  // The smallest span that holds both.
  static constexpr Span Cover(Span a, Span b) {
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
  }
};

}  // namespace oakum
