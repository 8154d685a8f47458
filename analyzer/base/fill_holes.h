// A value with what some of its holes stand for in their places.
//
// Each part still maps to the bytes it comes from (value.h). What is filled in is not looked at
// again.
//
// Thread-safety: a pure function, if `find` is one.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "analyzer/base/value.h"

namespace oakum {

// `find` maps a const Hole& to an std::optional<Value>: none leaves the hole.
template <typename Find>
Value FillHoles(const Value& value, Find find) {
  Value::Builder out;
  uint32_t copied = 0;
  for (const Value::PlacedHole& placed : value.holes()) {
    const std::optional<Value> known = find(placed.hole);
    if (!known) continue;
    out.Append(value.Slice({copied, placed.position}));
    out.Append(*known);
    copied = placed.position + 1;
  }
  out.Append(value.Slice(copied));
  return std::move(out).Build();
}

}  // namespace oakum
