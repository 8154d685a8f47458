#include "analyzer/syntax/dockerfile_word.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

const std::map<std::string, std::string, std::less<>> kVariables = {{"HOME", "/home/ray"},
                                                                    {"EMPTY", ""},
                                                                    {"FILE", "a.tar.gz"},
                                                                    {"WORDS", "one  two"},
                                                                    {"DIR", "/a/b/c"}};

std::optional<Value> Lookup(std::string_view name, Span) {
  auto found = kVariables.find(name);
  if (found == kVariables.end()) return std::nullopt;
  return Value(MappedText::Synthetic(found->second, {}));
}

std::string Expand(std::string_view word, char escape = '\\') {
  const Result<Value> value =
      ExpandDockerWord(MappedText::Verbatim(word, 0), {.escape = escape}, Lookup);
  return value ? std::string(value->text()) : "error";
}

TEST(DockerfileWord, Expands) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plain", "plain"},
      {"$HOME/x", "/home/ray/x"},
      {"${HOME}x", "/home/rayx"},
      {"$NONE/.netrc", "/.netrc"},
      {"~/$HOME", "~//home/ray"},
      {"'$HOME'", "$HOME"},
      {"\"$HOME\"", "/home/ray"},
      {"\\$HOME", "$HOME"},
      {"\"\\$HOME \\x\"", "$HOME \\x"},
      {"$", "$"},
      {"$.", "$."},
      {"$1x$@y", "xy"},
      {"${NONE:-a b}", "a b"},
      {"${EMPTY-a}", ""},
      {"${EMPTY:-a}", "a"},
      {"${HOME:+yes}${NONE:+no}", "yes"},
      {"${EMPTY+yes}", "yes"},
      {"${NONE:-${HOME:+x}}", "x"},
      {"${HOME:?}", "/home/ray"},
      {"${NONE?}", "error"},
      {"${EMPTY:?}", "error"},
      {"${FILE%.*}", "a.tar"},
      {"${FILE%%.*}", "a"},
      {"${FILE#*.}", "tar.gz"},
      {"${FILE##*.}", "gz"},
      {"${FILE#x}", "a.tar.gz"},
      {"${FILE#\\?}", "a.tar.gz"},
      {"${FILE#\\a}", "error"},
      {"${DIR/\\//-}", "-a/b/c"},
      {"${DIR//\\//-}", "-a-b-c"},
      {"${DIR//[ab]/-}", "/a/b/c"},
      {"${DIR/?b/}", "/a/c"},
      {"${HOME:#x}", "error"},
      {"${HOME:=x}", "error"},
      {"${HOME=x}", "error"},
      {"${}", "error"},
      {"${{HOME}}", "error"},
      {"${HOME", "error"},
      {"'open", "error"},
      {"\"open", "error"},
      {"end\\", "end"},
  };
  for (const auto& [word, expected] : cases) EXPECT_EQ(Expand(word), expected) << word;
  EXPECT_EQ(Expand("`$HOME\\x", '`'), "$HOME\\x");
}

TEST(DockerfileWord, SplitsAfterExpansion) {
  auto split = [](std::string_view text) {
    std::vector<std::string> words;
    const Result<std::vector<Value>> values =
        SplitDockerWords(MappedText::Verbatim(text, 0), {}, Lookup);
    for (const Value& word : *values) {
      words.emplace_back(word.text());
    }
    return words;
  };
  using Words = std::vector<std::string>;
  EXPECT_EQ(split(" a  b "), (Words{"a", "b"}));
  EXPECT_EQ(split("x$WORDS"), (Words{"xone", "two"}));
  EXPECT_EQ(split("x\"$WORDS\""), (Words{"xone  two"}));
  EXPECT_EQ(split("a\\ b"), (Words{"a b"}));
  // BuildKit's lexer forgets the start of a word that a nested word follows.
  EXPECT_EQ(split("lost${NONE:-kept}"), (Words{"kept"}));
}

TEST(DockerfileWord, ReferencesBecomeHoles) {
  constexpr std::string_view word = "https://$USER:${TOKEN:-none}@host/${X#v}";
  const Result<Value> value =
      ExpandDockerWord(MappedText::Verbatim(word, 100), {}, ReferenceLookup(HoleOrigin::kBuildArg));
  ASSERT_TRUE(value);
  EXPECT_EQ(value->Describe(), "https://${USER}:${TOKEN}@host/${X}");
  ASSERT_EQ(value->holes().size(), 3u);
  const Hole& token = value->holes()[1].hole;
  EXPECT_EQ(word.substr(token.span.begin - 100, token.span.size()), "${TOKEN:-none}");
  ASSERT_NE(token.fallback, nullptr);
  EXPECT_EQ(token.fallback->text(), "none");
  EXPECT_EQ(value->holes()[2].hole.origin, HoleOrigin::kBuildArg);
}

TEST(DockerfileWord, NestingIsLimited) {
  std::string word;
  for (int i = 0; i < 10000; ++i) word += "${A:-";
  EXPECT_EQ(Expand(word), "error");
}

TEST(DockerfileWord, PatternsAreBounded) {
  const std::string long_value(200000, 'a');
  auto lookup = [&](std::string_view, Span) -> std::optional<Value> {
    return Value(MappedText::Synthetic(long_value, {}));
  };
  const std::string word = "${A//*b*c/x}";
  EXPECT_FALSE(ExpandDockerWord(MappedText::Verbatim(word, 0), {}, lookup));
}

}  // namespace
}  // namespace oakum
