#include "analyzer/base/edit_distance.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(EditDistanceTest, Distances) {
  const struct {
    const char* a;
    const char* b;
    size_t distance;
  } cases[] = {
      {"", "", 0},
      {"", "abc", 3},
      {"abc", "", 3},
      {"scan", "scan", 0},
      {"scna", "scan", 1},
      {"SCAN", "scan", 0},
      {"sarf", "sarif", 1},
      {"srif", "sarif", 1},
      {"kitten", "sitting", 3},
      {"OKA201", "OAK201", 1},
      {"ab", "ba", 1},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(EditDistance(c.a, c.b), c.distance) << c.a << " " << c.b;
    EXPECT_EQ(EditDistance(c.b, c.a), c.distance) << c.a << " " << c.b;
  }
}

TEST(EditDistanceTest, Nearest) {
  const std::string_view words[] = {"text", "concise", "json", "sarif", "github"};
  EXPECT_EQ(Nearest("sariv", words), "sarif");
  EXPECT_EQ(Nearest("jsno", words), "json");
  EXPECT_EQ(Nearest("concize", words), "concise");
  EXPECT_EQ(Nearest("xml", words), "");
  EXPECT_EQ(Nearest("", words), "");
}

}  // namespace
}  // namespace oakum
