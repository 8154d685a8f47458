#include "analyzer/cli/glob.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(GlobTest, Patterns) {
  const struct {
    std::vector<std::string> patterns;
    const char* path;
    bool is_folder;
    bool matches;
  } cases[] = {
      {{"*.md"}, "a/b/README.md", false, true},
      {{"*.md"}, "README.mdx", false, false},
      {{"/*.md"}, "README.md", false, true},
      {{"/*.md"}, "docs/README.md", false, false},
      {{"docs/*.md"}, "docs/a.md", false, true},
      {{"docs/*.md"}, "docs/x/a.md", false, false},
      {{"./docs"}, "docs", true, true},
      {{"docs/**"}, "docs/x/a.md", false, true},
      {{"**/gen/*.py"}, "a/b/gen/x.py", false, true},
      {{"**/gen/*.py"}, "gen/x.py", false, true},
      {{"a/**/z"}, "a/z", false, true},
      {{"a/**/z"}, "a/b/c/z", false, true},
      {{"build/"}, "x/build", true, true},
      {{"build/"}, "x/build", false, false},
      {{"[ab].txt"}, "b.txt", false, true},
      {{"?.txt"}, "ab.txt", false, false},
      {{"*.txt", "!keep.txt"}, "keep.txt", false, false},
      {{"!keep.txt", "*.txt"}, "keep.txt", false, true},
      {{""}, "a", false, false},
      {{"/"}, "a", false, false},
      {{"**/**/**/**/x"}, "a/b/c/d/e/f/g/h/y", false, false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Globs(c.patterns).Matches(c.path, c.is_folder), c.matches)
        << c.patterns.back() << " " << c.path;
  }
}

TEST(GlobTest, FilesBelowAnExcludedFolderAreExcluded) {
  const Globs globs({"vendor/"});
  EXPECT_TRUE(globs.ExcludesFile("a/vendor/x/Dockerfile"));
  EXPECT_FALSE(globs.ExcludesFile("a/vendored/x/Dockerfile"));
  EXPECT_FALSE(globs.ExcludesFile("vendor"));
}

}  // namespace
}  // namespace oakum
