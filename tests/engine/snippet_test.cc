#include "analyzer/engine/snippet.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// A source with its lines and the secrets that stand in it by their texts.
class Fixture {
 public:
  Fixture(std::string text, std::vector<std::string> secrets)
      : source_("f", std::move(text)), lines_(source_.text()) {
    for (const std::string& secret : secrets) secrets_.push_back(SpanOf(secret));
    snippets_ = std::make_unique<SnippetSource>(source_, lines_, secrets_);
  }

  Span SpanOf(std::string_view text) const {
    const size_t at = source_.text().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
  }

  ShownLine Line(uint32_t line, Span focus = {}, uint32_t width = 0) const {
    return snippets_->Line(line, focus, width);
  }

  // The part of the shown line that is underlined for `span`, by columns of ASCII text.
  std::string Underlined(uint32_t line, Span span, uint32_t width = 0) const {
    const ShownLine shown = Line(line, span, width);
    const ColumnRange columns = shown.ColumnsOf(span);
    return shown.text.substr(columns.begin, columns.end - columns.begin);
  }

 private:
  Source source_;
  LineIndex lines_;
  std::vector<Span> secrets_;
  std::unique_ptr<SnippetSource> snippets_;
};

TEST(SnippetTest, MasksSeveralSecretsOfALine) {
  const Fixture f("a = one!secret and two!secret", {"one!secret", "two!secret"});
  EXPECT_EQ(f.Line(0).text, "a = [REDACTED] and [REDACTED]");
  EXPECT_TRUE(f.Line(0).masked);
  EXPECT_EQ(f.Line(0).ColumnsOf(f.SpanOf("two!secret")), (ColumnRange{19, 29}));
  EXPECT_EQ(f.Underlined(0, f.SpanOf("and")), "and");
  EXPECT_EQ(f.Underlined(0, f.SpanOf("e!secret and")), "[REDACTED] and");
}

TEST(SnippetTest, MasksWithoutFinalNewline) {
  const Fixture f("x\npw=abcdef!", {"abcdef!"});
  EXPECT_EQ(f.Line(1).text, "pw=[REDACTED]");
}

TEST(SnippetTest, MasksEachLineOfALongSecret) {
  const Fixture f("k: first!!\n  second!!\nrest", {"first!!\n  second!!"});
  EXPECT_EQ(f.Line(0).text, "k: [REDACTED]");
  EXPECT_EQ(f.Line(1).text, "[REDACTED]");
  EXPECT_EQ(f.Line(2).text, "rest");
}

TEST(SnippetTest, MasksRepetitions) {
  const Fixture f("p s3cr3t-Pw\n# was s3cr3t-Pw before", {"s3cr3t-Pw"});
  EXPECT_EQ(f.Line(1).text, "# was [REDACTED] before");
}

TEST(SnippetTest, MasksWhatNoFindingNames) {
  const Fixture f("i https://u:hunter2@host/x", {});
  EXPECT_EQ(f.Line(0).text, "i https://u:[REDACTED]@host/x");
}

TEST(SnippetTest, MasksWholeCharacters) {
  const std::string text = "a \xc3\xa9\xc3\xa8 b";
  const Source source("f", text);
  const LineIndex lines(source.text());
  const Span inside[] = {{3, 5}};  // the second byte of one character, the first of the next
  const SnippetSource snippets(source, lines, inside);
  EXPECT_EQ(snippets.Line(0).text, "a [REDACTED] b");
}

TEST(SnippetTest, DisarmsControls) {
  const Fixture f(
      "a\x1b[31mb\x07\x7f\xc2\x9b"
      "c\xe2\x80\xae"
      "d\xff",
      {});
  EXPECT_EQ(f.Line(0).text, "a\\x1b[31mb\\x07\\x7f\\u{9b}c\\u{202e}d\xef\xbf\xbd");
  EXPECT_EQ(f.Line(0).ColumnsOf(f.SpanOf("d")), (ColumnRange{33, 34}));
}

TEST(SnippetTest, ExpandsTabs) {
  const Fixture f("\ta\tbc\td", {});
  EXPECT_EQ(f.Line(0).text, "    a   bc  d");
  EXPECT_EQ(f.Underlined(0, f.SpanOf("bc")), "bc");
}

TEST(SnippetTest, CountsCells) {
  const Fixture f("\xe4\xb8\xad\xe6\x96\x87 x e\xcc\x81 y", {});
  EXPECT_EQ(f.Line(0).ColumnsOf(f.SpanOf("x")), (ColumnRange{5, 6}));
  EXPECT_EQ(f.Line(0).ColumnsOf(f.SpanOf("y")), (ColumnRange{9, 10}));
}

TEST(SnippetTest, CutsLongLines) {
  const std::string text = std::string(200, 'a') + " needle " + std::string(200, 'b');
  const Fixture f(text, {});
  const Span needle = f.SpanOf("needle");
  const ShownLine line = f.Line(0, needle, 60);
  EXPECT_LE(line.text.size(), 60u);
  EXPECT_TRUE(line.text.starts_with("...a")) << line.text;
  EXPECT_TRUE(line.text.ends_with("b...")) << line.text;
  EXPECT_EQ(f.Underlined(0, needle, 60), "needle");
  EXPECT_TRUE(f.Line(0, {0, 1}, 60).text.starts_with("aaa"));
  EXPECT_TRUE(f.Line(0, {405, 408}, 60).text.ends_with("bbb"));
}

TEST(SnippetTest, CutsAroundLongSpans) {
  const Fixture f(std::string(50, 'a') + std::string(300, 'n') + "z", {});
  const ShownLine line = f.Line(0, {50, 350}, 40);
  EXPECT_LE(line.text.size(), 40u);
  EXPECT_EQ(line.text.substr(0, 6), "...nnn");
}

TEST(SnippetTest, NeverCutsAMaskOpen) {
  const Fixture f(std::string(100, 'a') + "s3cr3t-Pw" + std::string(100, 'b'), {"s3cr3t-Pw"});
  for (uint32_t width = 1; width < 60; ++width) {
    const std::string text = f.Line(0, f.SpanOf("s3cr3t-Pw"), width).text;
    EXPECT_NE(text.find("[REDACTED]"), std::string::npos) << width;
    EXPECT_EQ(text.find("s3c"), std::string::npos) << width;
  }
}

TEST(SnippetTest, EmptyPlaces) {
  const Fixture f("ab\n\ncd", {});
  EXPECT_EQ(f.Line(0).ColumnsOf({1, 1}), (ColumnRange{1, 2}));
  EXPECT_EQ(f.Line(0).ColumnsOf({2, 2}), (ColumnRange{2, 3}));
  EXPECT_EQ(f.Line(1).text, "");
  EXPECT_EQ(f.Line(1).ColumnsOf({3, 3}), (ColumnRange{0, 1}));
  EXPECT_EQ(f.Line(2).ColumnsOf({0, 7}), (ColumnRange{0, 2}));
}

}  // namespace
}  // namespace oakum
