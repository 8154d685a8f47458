#include "analyzer/credential/defaults.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "analyzer/base/fill_holes.h"

namespace oakum {

namespace {

constexpr int kMaxDepth = 4;  // ${A:-${B:-text}}

bool BringsText(const Hole& hole, int depth) {
  if (!hole.fallback || hole.fallback->empty() || depth > kMaxDepth) return false;
  if (!hole.span.Contains(hole.fallback->ToSource())) return false;
  return std::all_of(
      hole.fallback->holes().begin(), hole.fallback->holes().end(),
      [depth](const Value::PlacedHole& inner) { return BringsText(inner.hole, depth + 1); });
}

}  // namespace

bool HasDefault(const Value& value) {
  return std::any_of(value.holes().begin(), value.holes().end(),
                     [](const Value::PlacedHole& placed) { return BringsText(placed.hole, 0); });
}

Value WithDefaults(const Value& value) {
  return FillHoles(value, [](const Hole& hole) {
    return BringsText(hole, 0) ? std::optional<Value>(WithDefaults(*hole.fallback)) : std::nullopt;
  });
}

}  // namespace oakum
