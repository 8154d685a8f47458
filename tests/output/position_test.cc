#include "analyzer/output/position.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// Forwards, backwards and in any order: what has been counted before makes no difference.
TEST(PositionTest, CountsColumnsOfLongLines) {
  std::string text = "first\n";
  while (text.size() < 9000) text += "a\xc3\xa9\xf0\x9f\x98\x80-";
  const Source source("f", text + "\nlast");
  const LineIndex lines(source.text());
  for (const ColumnUnit unit : {ColumnUnit::kUtf16, ColumnUnit::kCodePoints, ColumnUnit::kBytes}) {
    Locator locator;
    for (uint32_t i = 0; i < 500; ++i) {
      const uint32_t begin = i * 2503 % 9000;
      const Region region = locator.RegionOf({&source, {begin, begin + 2}}, unit);
      EXPECT_EQ(region.start_line, lines.PositionOf(begin, unit).line + 1);
      EXPECT_EQ(region.start_column, lines.PositionOf(begin, unit).column + 1) << begin;
      EXPECT_EQ(region.end_column, lines.PositionOf(begin + 2, unit).column + 1) << begin;
    }
  }
}

}  // namespace
}  // namespace oakum
