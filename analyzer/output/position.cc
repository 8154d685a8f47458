#include "analyzer/output/position.h"

namespace oakum {

const LineIndex& Locator::Lines(const Source& source) {
  std::unique_ptr<LineIndex>& lines = lines_[&source];
  if (!lines) lines = std::make_unique<LineIndex>(source.text());
  return *lines;
}

Region Locator::RegionOf(const Location& location, ColumnUnit unit) {
  const LineIndex& lines = Lines(*location.source);
  const Position begin = lines.PositionOf(location.span.begin, unit);
  const Position end = lines.PositionOf(location.span.end, unit);
  return {begin.line + 1, begin.column + 1, end.line + 1, end.column + 1};
}

}  // namespace oakum
