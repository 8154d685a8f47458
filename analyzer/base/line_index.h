// Byte offsets to lines and columns, and back: the only place in oakum that knows about either.
//
// Lines end at LF, CRLF or a lone CR, as LSP and SARIF count them. Lines and columns are zero-based
// here; formats that count from one add it themselves. A column is counted in the unit the consumer
// asked for: bytes, UTF-16 code units (SARIF, most editors) or code points (people). An offset
// inside a multi-byte character counts as that character's start; bytes that are no valid UTF-8
// count one unit each.
//
// Thread-safety: immutable after construction. The text must outlive the index.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

enum class ColumnUnit { kBytes, kUtf16, kCodePoints };

struct Position {
  uint32_t line = 0;
  uint32_t column = 0;
  auto operator<=>(const Position&) const = default;
};

class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  uint32_t line_count() const { return static_cast<uint32_t>(starts_.size()); }
  // Clamped to the end of the text.
  Position PositionOf(uint32_t offset, ColumnUnit unit) const;
  uint32_t LineOf(uint32_t offset) const { return PositionOf(offset, ColumnUnit::kBytes).line; }
  // The line without its line ending. REQUIRES: line < line_count().
  Span LineSpan(uint32_t line) const;
  std::string_view LineText(uint32_t line) const;
  // The offset of a position; past the end of a line means its end.
  uint32_t OffsetOf(Position position, ColumnUnit unit) const;

 private:
  std::string_view text_;
  std::vector<uint32_t> starts_;  // offset of each line's first byte
};

// Units that `text` takes up.
uint32_t CountColumns(std::string_view text, ColumnUnit unit);

}  // namespace oakum
