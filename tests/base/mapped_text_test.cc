#include "analyzer/base/mapped_text.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(MappedText, VerbatimMapsByOffset) {
  const MappedText text = MappedText::Verbatim("hello world", 100);
  EXPECT_EQ(text.ToSource({6, 11}), (Span{106, 111}));
  EXPECT_EQ(text.Slice({6, 11}).text(), "world");
  EXPECT_EQ(text.Slice({6, 11}).ToSource({1, 2}), (Span{107, 108}));
  EXPECT_EQ(text.ToSource({11, 11}), (Span{111, 111}));
  EXPECT_EQ(text.ToSource({5, 99}), (Span{105, 111}));
}

// `a\n` + `b` in a JSON string: the escape is two source bytes for one decoded byte.
TEST(MappedText, EscapeMapsToItsWholeSource) {
  MappedText::Builder builder;
  builder.AppendVerbatim("a", 1);
  builder.AppendDecoded("\n", {2, 4});
  builder.AppendVerbatim("b", 4);
  const MappedText text = std::move(builder).Build();
  EXPECT_EQ(text.text(), "a\nb");
  EXPECT_EQ(text.ToSource({0, 3}), (Span{1, 5}));
  EXPECT_EQ(text.ToSource({1, 2}), (Span{2, 4}));
  EXPECT_EQ(text.ToSource({2, 3}), (Span{4, 5}));
  EXPECT_EQ(text.ToSource({3, 3}), (Span{5, 5}));
}

// A text decoded from a text that was decoded itself still maps to the file.
TEST(MappedText, NestsByAppendingSlices) {
  MappedText::Builder outer;
  outer.AppendVerbatim("  x", 10);
  outer.AppendDecoded("\"", {13, 15});
  outer.AppendVerbatim("yz", 15);
  const MappedText block = std::move(outer).Build();

  MappedText::Builder inner;
  inner.Append(block.Slice({2, 4}));
  inner.Append(block.Slice({5, 6}));
  const MappedText text = std::move(inner).Build();
  EXPECT_EQ(text.text(), "x\"z");
  EXPECT_EQ(text.ToSource({0, 1}), (Span{12, 13}));
  EXPECT_EQ(text.ToSource({1, 2}), (Span{13, 15}));
  EXPECT_EQ(text.ToSource({2, 3}), (Span{16, 17}));
}

TEST(MappedText, RemoveSuffixKeepsTheRestExact) {
  MappedText::Builder builder;
  builder.AppendVerbatim("abc", 0);
  builder.AppendDecoded("de", {3, 9});
  builder.RemoveSuffix(1);
  EXPECT_EQ(builder.text(), "abcd");
  builder.RemoveSuffix(2);
  const MappedText text = std::move(builder).Build();
  EXPECT_EQ(text.text(), "ab");
  EXPECT_EQ(text.ToSource(), (Span{0, 2}));
}

TEST(MappedText, PiecesOutOfOrderNeverGiveAReversedSpan) {
  MappedText::Builder builder;
  builder.AppendVerbatim("late", 50);
  builder.AppendVerbatim("early", 5);
  const Span span = std::move(builder).Build().ToSource();
  EXPECT_LE(span.begin, span.end);
  EXPECT_EQ(span, (Span{5, 54}));
}

TEST(MappedText, SyntheticMapsWhollyEvenAtEqualLength) {
  const MappedText text = MappedText::Synthetic("abc", {7, 10});
  EXPECT_EQ(text.ToSource({1, 2}), (Span{7, 10}));
}

TEST(MappedText, EmptyTextIsSafe) {
  EXPECT_EQ(MappedText().ToSource(), (Span{0, 0}));
  EXPECT_TRUE(MappedText::Verbatim("", 3).Trimmed().empty());
}

}  // namespace
}  // namespace oakum
