#include "analyzer/base/literal_set.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAreArray;

std::vector<std::pair<size_t, size_t>> All(const std::vector<std::string_view>& literals,
                                           std::string_view text) {
  std::vector<std::pair<size_t, size_t>> found;
  LiteralSet(literals).Each(text, [&found](size_t index, size_t begin) {
    found.emplace_back(index, begin);
    return true;
  });
  return found;
}

TEST(LiteralSetTest, FindsEveryOccurrence) {
  EXPECT_THAT(All({"://", "secret"}, "secret://a secret"),
              ElementsAre(Pair(1, 0), Pair(0, 6), Pair(1, 11)));
  EXPECT_THAT(All({"aaa"}, "aaaaa"), ElementsAre(Pair(0, 0), Pair(0, 1), Pair(0, 2)));
  EXPECT_THAT(All({"secret"}, "secre"), IsEmpty());
  EXPECT_THAT(All({"secret"}, ""), IsEmpty());
}

TEST(LiteralSetTest, TakesLiteralsOfTwoBytes) {
  EXPECT_THAT(All({"hf"}, "x hf_ hf"), ElementsAre(Pair(0, 2), Pair(0, 6)));
}

TEST(LiteralSetTest, RepeatsAtOnePlaceComeInTheOrderOfTheLiterals) {
  EXPECT_THAT(All({"api_org_", "api_", "api_org_"}, "=api_org_x"),
              ElementsAre(Pair(0, 1), Pair(1, 1), Pair(2, 1)));
}

TEST(LiteralSetTest, StopsWhenAsked) {
  size_t calls = 0;
  const std::vector<std::string_view> literals = {"ab"};
  LiteralSet(literals).Each("ab ab ab ", [&calls](size_t, size_t) { return ++calls < 2; });
  EXPECT_EQ(calls, 2U);
}

// Whatever the place of a literal relative to the steps of sixteen bytes, it is found.
TEST(LiteralSetTest, FindsAtEveryOffset) {
  for (size_t offset = 0; offset < 40; ++offset) {
    for (size_t rest = 0; rest < 12; ++rest) {
      const std::string text = std::string(offset, '.') + "token" + std::string(rest, '.');
      EXPECT_THAT(All({"token"}, text), ElementsAre(Pair(0, offset))) << text;
    }
  }
}

// Against a search for one literal after the other, over text in which they often nearly stand.
TEST(LiteralSetTest, FindsWhatSearchesForEachFind) {
  const std::vector<std::string_view> literals = {"ab",   "abc", "bca_x", "c_a", "x_", "aabb",
                                                  "_key", "cab", "bb_",   "_a_", "xx", "bcax"};
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text(random() % 120, ' ');
    for (char& c : text) c = "abc_xkey"[random() % 8];
    std::vector<std::pair<size_t, size_t>> expected;
    for (size_t i = 0; i < literals.size(); ++i) {
      for (size_t at = text.find(literals[i]); at != text.npos;
           at = text.find(literals[i], at + 1)) {
        expected.emplace_back(i, at);
      }
    }
    EXPECT_THAT(All(literals, text), UnorderedElementsAreArray(expected)) << text;
  }
}

}  // namespace
}  // namespace oakum
