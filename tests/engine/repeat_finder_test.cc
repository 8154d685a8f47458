#include "analyzer/engine/repeat_finder.h"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/engine/snippet.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Span> Find(std::string_view text, const std::vector<std::string>& known) {
  RepeatFinder finder;
  for (const std::string& one : known) finder.Add(one);
  std::vector<Span> matches;
  finder.FindIn(text, matches);
  return matches;
}

TEST(RepeatFinderTest, FindsTheLongestAtEachPlace) {
  EXPECT_THAT(Find("x abcdefgh abcdefx", {"abcdef", "abcdefgh", "abcdefgi"}),
              ElementsAre(Span{2, 10}, Span{11, 17}));
  // What sorts just before the text need not be a prefix of it; a prefix of that may be.
  EXPECT_THAT(Find("abcdefzz", {"abcdef", "abcdefgh", "abcdefgi"}), ElementsAre(Span{0, 6}));
  EXPECT_THAT(Find("abcabcabcabc", {"abcabcabc"}), ElementsAre(Span{0, 9}, Span{3, 12}));
  EXPECT_THAT(Find("abcde abcd", {"abcde", ""}), IsEmpty());
}

TEST(RepeatFinderTest, TakesALongTextByItsBeginning) {
  const std::string secret = std::string(RepeatFinder::kLongest, 'k') + "tail";
  EXPECT_THAT(Find("-" + secret, {secret})[0].end, secret.size() + 1);
}

// One line with thousands of findings: each line that is shown is put together from what is near.
TEST(RepeatFinderTest, ShowsAPartOfALongLineAsTheWholeLineDoes) {
  std::string text;
  std::vector<Span> secrets;
  for (int i = 0; i < 2000; ++i) {
    text += "RUN \xc3\xa9 ";
    const auto begin = static_cast<uint32_t>(text.size());
    text += "s3cr3t-Pw-" + std::to_string(i) + "!";
    secrets.push_back({begin, static_cast<uint32_t>(text.size())});
    text += " on";
  }
  const Source source("f", text);
  const LineIndex lines(source.text());
  const SnippetSource snippets(source, lines, secrets);
  EXPECT_EQ(snippets.Line(0).text.find("s3cr3t"), std::string::npos);
  for (const size_t i : {size_t{3}, size_t{1000}, size_t{1999}}) {
    const ShownLine line = snippets.Line(0, secrets[i], 60);
    EXPECT_EQ(line.text.find("s3cr"), std::string::npos) << line.text;
    EXPECT_LE(line.text.size(), 80u);
    EXPECT_TRUE(line.text.starts_with("..."));
    EXPECT_EQ(line.text.ends_with("..."), i != 1999) << line.text;
    const ColumnRange columns = line.ColumnsOf(secrets[i]);
    EXPECT_EQ(columns.end - columns.begin, 10u);
  }
}

}  // namespace
}  // namespace oakum
