#include "analyzer/output/position.h"

#include <iterator>
#include <string_view>
#include <tuple>

namespace oakum {

const LineIndex& Locator::Lines(const Source& source) {
  std::unique_ptr<LineIndex>& lines = lines_[&source];
  if (!lines) lines = std::make_unique<LineIndex>(source.text());
  return *lines;
}

Position Locator::PositionOf(const Source& source, uint32_t offset, ColumnUnit unit) {
  constexpr uint32_t kNear = 1024;
  const LineIndex& lines = Lines(source);
  const std::string_view text = source.text();
  const uint32_t line = lines.LineOf(offset);
  uint32_t from = lines.LineSpan(line).begin;
  const bool inside = offset < text.size() && (static_cast<unsigned char>(text[offset]) >> 6) == 2;
  if (offset - from < kNear || offset > text.size() || inside)
    return lines.PositionOf(offset, unit);
  std::map<uint32_t, uint32_t>& columns = columns_[{&source, unit}];
  uint32_t column = 0;
  const auto after = columns.upper_bound(offset);
  if (after != columns.begin() && std::prev(after)->first > from) {
    std::tie(from, column) = *std::prev(after);
  }
  column += CountColumns(text.substr(from, offset - from), unit);
  columns[offset] = column;
  return {line, column};
}

Region Locator::RegionOf(const Location& location, ColumnUnit unit) {
  const Position begin = PositionOf(*location.source, location.span.begin, unit);
  const Position end = PositionOf(*location.source, location.span.end, unit);
  return {begin.line + 1, begin.column + 1, end.line + 1, end.column + 1};
}

}  // namespace oakum
