#include "analyzer/base/value.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

Value TokenUrl() {  // https://u:${TOKEN}@h at offset 20
  Value::Builder builder;
  builder.AppendVerbatim("https://u:", 20);
  builder.Append(Hole{"TOKEN", HoleOrigin::kEnvironment, FillTime::kInterpolated, {30, 38}, {}});
  builder.AppendVerbatim("@h", 38);
  return std::move(builder).Build();
}

TEST(Value, AHoleTakesOneByteAndMapsToItsReference) {
  const Value value = TokenUrl();
  ASSERT_EQ(value.size(), 13u);
  EXPECT_EQ(value.text()[10], Value::kHoleByte);
  ASSERT_NE(value.HoleAt(10), nullptr);
  EXPECT_EQ(value.HoleAt(10)->name, "TOKEN");
  EXPECT_EQ(value.ToSource({10, 11}), (Span{30, 38}));
  EXPECT_EQ(value.ToSource({8, 11}), (Span{28, 38}));
  EXPECT_EQ(value.Describe(), "https://u:${TOKEN}@h");
}

TEST(Value, SlicesCarryTheirHoles) {
  const Value secret = TokenUrl().Slice({10, 11});
  ASSERT_NE(secret.OnlyHole(), nullptr);
  EXPECT_EQ(secret.OnlyHole()->name, "TOKEN");
  EXPECT_TRUE(TokenUrl().Slice({0, 10}).is_literal());
}

TEST(Value, ALiteralHoleByteIsNoHole) {
  const Value value(MappedText::Verbatim("a\x1a", 0));
  EXPECT_TRUE(value.is_literal());
  EXPECT_EQ(value.HoleAt(1), nullptr);
}

TEST(Value, RestoreFindsHolesAfterAnotherDecoding) {
  const Value outer = TokenUrl();
  MappedText::Builder builder;
  builder.Append(outer.mapped().Slice({8, 13}));
  const Value inner = outer.Restore(std::move(builder).Build());
  EXPECT_EQ(inner.Describe(), "u:${TOKEN}@h");
  EXPECT_EQ(inner.ToSource({2, 3}), (Span{30, 38}));
}

TEST(Value, AppendShiftsHoles) {
  Value::Builder builder;
  builder.AppendVerbatim("x", 0);
  builder.Append(TokenUrl());
  const Value value = std::move(builder).Build();
  EXPECT_NE(value.HoleAt(11), nullptr);
}

}  // namespace
}  // namespace oakum
