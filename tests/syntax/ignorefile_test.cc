#include "analyzer/syntax/ignorefile.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

IgnoreFile Parse(std::string_view text) {
  return IgnoreFile::Parse(MappedText::Verbatim(text, 0));
}

// Which files of a fixed tree still reach COPY . (dockerfile.md 1.11).
std::string Reaching(std::string_view ignore) {
  const IgnoreFile file = Parse(ignore);
  std::string out;
  for (const char* path : {".netrc", "sub/.netrc", "sub/deep/.netrc", "keep/.netrc"}) {
    if (!file.Excludes(path)) out += std::string(out.empty() ? "" : " ") + path;
  }
  return out;
}

TEST(IgnoreFile, AnchorsAtTheContextRoot) {
  const std::string nested = "sub/.netrc sub/deep/.netrc keep/.netrc";
  for (const char* text :
       {".netrc", "/.netrc", "./.netrc", "  .netrc  \r\n", "\xef\xbb\xbf.netrc"}) {
    EXPECT_EQ(Reaching(text), nested) << text;
  }
  EXPECT_EQ(Reaching("*/.netrc"), ".netrc sub/deep/.netrc");
  EXPECT_EQ(Reaching("**/.netrc"), "");
  for (const char* text : {"sub", "sub/", "sub/**", "s?b", "[r-t]ub", "su\\b"}) {
    EXPECT_EQ(Reaching(text), ".netrc keep/.netrc") << text;
  }
  EXPECT_EQ(Reaching(".NETRC"), ".netrc " + nested);
  EXPECT_EQ(Reaching("# .netrc"), ".netrc " + nested);
}

TEST(IgnoreFile, TheLastMatchWins) {
  EXPECT_EQ(Reaching("*\n!keep"), "keep/.netrc");
  EXPECT_EQ(Reaching("*\n!keep/.netrc"), "keep/.netrc");
  EXPECT_EQ(Reaching("!.netrc\n**/.netrc"), "");
  EXPECT_EQ(Reaching("**/.netrc\n! keep/.netrc"), "keep/.netrc");
}

TEST(IgnoreFile, NamesTheDecidingPattern) {
  constexpr std::string_view text = "*.py\n.netrc\n!x";
  const IgnoreFile file = Parse(text);
  const IgnoreFile::Pattern* pattern = file.Deciding(".netrc");
  ASSERT_NE(pattern, nullptr);
  EXPECT_EQ(text.substr(pattern->span.begin, pattern->span.size()), ".netrc");
  EXPECT_EQ(file.Deciding("other"), nullptr);
}

TEST(IgnoreFile, SinglePatterns) {
  struct Case {
    std::string_view pattern;
    std::string_view path;
    bool matches;
  };
  const Case cases[] = {
      {"*", "a", true},         {"*", "a/b", false},         {"**", "a/b", true},
      {"a/**/z", "a/z", true},  {"a/**/z", "a/b/c/z", true}, {"a/**/z", "a/bz", false},
      {"**/a*", "x/ab", true},  {"**/a*", "x/ba", false},    {"a/**", "a/b", true},
      {"a/**", "a", false},     {"**.py", "x/a.py", true},   {"a.c", "abc", false},
      {"a?c", "a/c", false},    {"[^a]", "b", true},         {"[^a]", "a", false},
      {"a\\*", "a*", true},     {"a\\*", "ab", false},       {"**/x/**", "a/x/b", true},
      {"**/x/**", "x/b", true}, {"**/x/**", "y/b", false},   {".env*", ".env.local", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(MatchesIgnorePattern(c.pattern, c.path), c.matches) << c.pattern << " " << c.path;
  }
}

TEST(IgnoreFile, SaysWhatBuildkitRefuses) {
  const IgnoreFile file = Parse("!\n[\n[]\na\\\n[a-]\nfine");
  EXPECT_EQ(file.errors().size(), 5u);
  EXPECT_EQ(file.patterns().size(), 1u);
}

TEST(IgnoreFile, HostilePatternsAreBounded) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "**/a*";
  EXPECT_FALSE(MatchesIgnorePattern(pattern + "b", std::string(2000, 'a')));
}

}  // namespace
}  // namespace oakum
