#include "analyzer/engine/line_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;

TEST(LineHashTest, GithubVectors) {
  EXPECT_THAT(LineHashes(""), ElementsAre("c129715d7a2bc9a3:1"));
  EXPECT_THAT(LineHashes(" a\nb\n  \t\tc\n d"),
              ElementsAre("271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1",
                          "a23a3dc5e078b07b:1"));
}

TEST(LineHashTest, LineEndingsAreAlike) {
  const auto unix_lines = LineHashes("a\nb\n\nc\n");
  EXPECT_EQ(LineHashes("a\r\nb\r\n\r\nc\r\n"), unix_lines);
  EXPECT_EQ(LineHashes("a\rb\r\rc\r"), unix_lines);
  EXPECT_EQ(unix_lines.size(), 5u);
}

TEST(LineHashTest, BlanksDoNotCount) {
  EXPECT_EQ(LineHashes("\ta b\n"), LineHashes("ab\n"));
}

TEST(LineHashTest, EqualLinesAreNumbered) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "x\n";
  const auto hashes = LineHashes(text);
  EXPECT_EQ(hashes[0].substr(hashes[0].find(':')), ":1");
  EXPECT_EQ(hashes[1], hashes[0].substr(0, hashes[0].find(':')) + ":2");
}

TEST(LineHashTest, TextOutsideTheWindowDoesNotMatter) {
  const std::string line(120, 'x');
  EXPECT_EQ(LineHashes(line + "a")[0], LineHashes(line + "b")[0]);
  EXPECT_NE(LineHashes("a" + line)[0], LineHashes("b" + line)[0]);
}

TEST(LineHashTest, InvalidUtf8IsOneReplacementABadByte) {
  EXPECT_EQ(LineHashes("\xff"), LineHashes("\xef\xbf\xbd"));
  EXPECT_EQ(LineHashes("\xe4\xb8"), LineHashes("\xef\xbf\xbd\xef\xbf\xbd"));
}

}  // namespace
}  // namespace oakum
