#include "analyzer/syntax/git_patterns.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(GitPatterns, TheLastThatMatchesDecides) {
  struct Case {
    std::string_view list;
    std::string_view path;  // a folder ends in '/'
    bool matches;
  };
  const Case cases[] = {
      {".env", ".env", true},
      {".env", "a/b/.env", true},
      {"/.env", ".env", true},
      {"/.env", "a/.env", false},
      {"./.env", "a/.env", false},
      {"a/.env", "a/.env", true},
      {"a/.env", "b/a/.env", false},
      {"**/a/.env", "b/a/.env", true},
      {"out/", "out", false},
      {"out/", "b/out/", true},
      {"/out/", "b/out/", false},
      {"*.pem\n!ca.pem", "a/ca.pem", false},
      {"!ca.pem\n*.pem", "a/ca.pem", true},
      {"# .env\n\n  \n", ".env", false},
      {"\\#x", "#x", true},
      {".env \r\n", ".env", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(GitPatterns::Parse(MappedText::Verbatim(c.list, 0)).Matches(c.path), c.matches)
        << c.list << " " << c.path;
  }
}

TEST(GitPatterns, SaysWhatAPatternIs) {
  const std::string_view list = "# x\n.env\n!/keep/\r\na/b  \n**/k";
  const GitPatterns patterns = GitPatterns::Parse(MappedText::Verbatim(list, 0));
  struct Case {
    std::string_view text;
    std::string_view written;
    bool include;
    bool anchored;
    bool folders_only;
  };
  const Case cases[] = {
      {"**/.env", ".env", false, false, false},
      {"keep", "!/keep/", true, true, true},
      {"a/b", "a/b", false, true, false},
      {"**/k", "**/k", false, false, false},
  };
  ASSERT_EQ(patterns.patterns().size(), std::size(cases));
  for (size_t i = 0; i < std::size(cases); ++i) {
    const GitPatterns::Pattern& pattern = patterns.patterns()[i];
    EXPECT_EQ(pattern.text, cases[i].text);
    EXPECT_EQ(list.substr(pattern.span.begin, pattern.span.size()), cases[i].written);
    EXPECT_EQ(pattern.include, cases[i].include) << pattern.text;
    EXPECT_EQ(pattern.anchored, cases[i].anchored) << pattern.text;
    EXPECT_EQ(pattern.folders_only, cases[i].folders_only) << pattern.text;
  }
}

}  // namespace
}  // namespace oakum
