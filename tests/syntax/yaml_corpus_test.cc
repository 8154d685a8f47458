// Opt-in: every scalar of every YAML file under the folder named by OAKUM_YAML_CORPUS must map to
// exact bytes. Skipped without it, so that the suite needs no files of others.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_template.h"

namespace oakum {
namespace {

namespace fs = std::filesystem;

TEST(YamlCorpus, EveryScalarIsMappedExactly) {
  const char* root = std::getenv("OAKUM_YAML_CORPUS");
  if (root == nullptr) GTEST_SKIP() << "OAKUM_YAML_CORPUS names no folder";
  size_t files = 0, scalars = 0, inexact = 0, with_problems = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const Source source(entry.path(), {std::istreambuf_iterator<char>(in), {}});
    const YamlTree tree = ParseYaml(ResolveYamlTemplate(Value(source.body())).text);
    ++files;
    if (!tree.problems().empty()) {
      ++with_problems;
      std::printf("%s: %s\n", source.path().c_str(), tree.problems()[0].message.c_str());
    }
    for (const YamlNode& node : tree.nodes()) {
      if (!node.IsScalar()) continue;
      ++scalars;
      if (node.exact) continue;
      ++inexact;
      ADD_FAILURE() << source.path() << " at byte " << node.span.begin;
    }
  }
  std::printf("%zu files, %zu with problems, %zu scalars, %zu not exact\n", files, with_problems,
              scalars, inexact);
  EXPECT_EQ(inexact, 0u);
}

}  // namespace
}  // namespace oakum
