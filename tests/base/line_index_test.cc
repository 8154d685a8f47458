#include "analyzer/base/line_index.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(LineIndex, CountsEveryLineEnding) {
  const LineIndex index("a\nb\r\nc\rd");
  EXPECT_EQ(index.line_count(), 4u);
  EXPECT_EQ(index.LineText(0), "a");
  EXPECT_EQ(index.LineText(1), "b");
  EXPECT_EQ(index.LineText(2), "c");
  EXPECT_EQ(index.LineText(3), "d");
}

TEST(LineIndex, ColumnsInEveryUnit) {
  const std::string_view text = "\xc3\xa9\xf0\x9f\x98\x80x";  // e-acute, an emoji, x
  const LineIndex index(text);
  EXPECT_EQ(index.PositionOf(6, ColumnUnit::kBytes), (Position{0, 6}));
  EXPECT_EQ(index.PositionOf(6, ColumnUnit::kUtf16), (Position{0, 3}));
  EXPECT_EQ(index.PositionOf(6, ColumnUnit::kCodePoints), (Position{0, 2}));
  for (uint32_t offset : {0u, 2u, 6u, 7u}) {
    for (ColumnUnit unit : {ColumnUnit::kBytes, ColumnUnit::kUtf16, ColumnUnit::kCodePoints}) {
      EXPECT_EQ(index.OffsetOf(index.PositionOf(offset, unit), unit), offset);
    }
  }
}

TEST(LineIndex, InvalidUtf8CountsOneUnitAByte) {
  const LineIndex index("\xff\xfe\xc3");
  EXPECT_EQ(index.PositionOf(3, ColumnUnit::kUtf16), (Position{0, 3}));
}

TEST(LineIndex, OffsetsAreClamped) {
  const LineIndex index("ab\ncd");
  EXPECT_EQ(index.PositionOf(99, ColumnUnit::kBytes), (Position{1, 2}));
  EXPECT_EQ(index.OffsetOf({0, 99}, ColumnUnit::kBytes), 2u);
  EXPECT_EQ(index.OffsetOf({9, 0}, ColumnUnit::kBytes), 5u);
}

TEST(LineIndex, EmptyTextHasOneLine) {
  const LineIndex index("");
  EXPECT_EQ(index.line_count(), 1u);
  EXPECT_EQ(index.PositionOf(0, ColumnUnit::kUtf16), (Position{0, 0}));
}

}  // namespace
}  // namespace oakum
