#include "analyzer/base/line_index.h"

#include <algorithm>
#include <utility>

namespace oakum {

namespace {

// Bytes of the UTF-8 character at the start of `text`; 1 for a byte that starts none.
uint32_t CharacterLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const uint32_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (lead > 0xf4 || length > text.size()) return 1;
  for (uint32_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 1;
  }
  return length;
}

uint32_t UnitsOf(uint32_t character_length, ColumnUnit unit) {
  switch (unit) {
    case ColumnUnit::kBytes:
      return character_length;
    case ColumnUnit::kUtf16:
      return character_length == 4 ? 2 : 1;
    case ColumnUnit::kCodePoints:
      return 1;
  }
  return 1;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  for (uint32_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '\n' && c != '\r') continue;
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    starts_.push_back(i + 1);
  }
}

Position LineIndex::PositionOf(uint32_t offset, ColumnUnit unit) const {
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const uint32_t line = static_cast<uint32_t>(after - starts_.begin()) - 1;
  if (unit == ColumnUnit::kBytes) return {line, offset - starts_[line]};
  uint32_t column = 0;
  for (uint32_t i = starts_[line]; i < offset;) {
    const uint32_t length = CharacterLength(text_.substr(i));
    if (i + length > offset) break;
    column += UnitsOf(length, unit);
    i += length;
  }
  return {line, column};
}

Span LineIndex::LineSpan(uint32_t line) const {
  const uint32_t begin = starts_[line];
  uint32_t end =
      line + 1 < starts_.size() ? starts_[line + 1] : static_cast<uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return {begin, end};
}

std::string_view LineIndex::LineText(uint32_t line) const {
  const Span span = LineSpan(line);
  return text_.substr(span.begin, span.size());
}

uint32_t LineIndex::OffsetOf(Position position, ColumnUnit unit) const {
  if (position.line >= line_count()) return static_cast<uint32_t>(text_.size());
  const Span line = LineSpan(position.line);
  uint32_t offset = line.begin;
  for (uint32_t column = 0; offset < line.end;) {
    const uint32_t length = CharacterLength(text_.substr(offset));
    column += UnitsOf(length, unit);
    if (column > position.column) break;
    offset += length;
  }
  return offset;
}

uint32_t CountColumns(std::string_view text, ColumnUnit unit) {
  uint32_t columns = 0;
  for (size_t i = 0; i < text.size();) {
    const uint32_t length = CharacterLength(text.substr(i));
    columns += UnitsOf(length, unit);
    i += length;
  }
  return columns;
}

}  // namespace oakum
