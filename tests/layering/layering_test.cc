// The include table of docs/design.md, enforced: who may include whom, and which folders alone may
// name a third-party header.

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = OAKUM_SOURCE_DIR;

using Allowed = std::map<std::string, std::set<std::string>>;

const Allowed& MayInclude() {
  static const Allowed allowed = {
      {"base", {}},
      {"syntax", {"base"}},
      {"credential", {"base"}},
      {"model", {"syntax", "credential", "base"}},
      {"engine", {"model", "credential", "syntax", "base"}},
      {"rules", {"engine", "model", "credential", "base"}},
      {"output", {"engine", "base"}},
      {"cli", {"base", "syntax", "credential", "model", "engine", "rules", "output", "lsp"}},
      {"lsp", {"base", "syntax", "credential", "model", "engine", "rules", "output", "cli"}},
  };
  return allowed;
}

// Third-party headers that only some folders may name.
const Allowed& OnlyIn() {
  static const Allowed only = {
      {"tree_sitter/", {"syntax"}},
      {"yaml-cpp/", {"syntax"}},
      {"toml++/", {"syntax"}},
      {"git2", {"syntax", "cli"}},
      {"CLI/", {"cli"}},
      {"nlohmann/", {"output", "cli", "lsp"}},
      {"re2/", {"credential", "engine", "model", "syntax"}},
  };
  return only;
}

std::string FolderOf(const std::string& path) {
  if (path.starts_with("rules/")) return "rules";
  if (!path.starts_with("analyzer/")) return "";
  const size_t begin = std::string("analyzer/").size();
  return path.substr(begin, path.find('/', begin) - begin);
}

struct Include {
  std::string target;
  bool system = false;
  int line = 0;
};

std::vector<Include> IncludesOf(const fs::path& path) {
  std::vector<Include> includes;
  std::ifstream in(path);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!line.starts_with("#include ") || line.size() < 11) continue;
    const bool system = line[9] == '<';
    const size_t end = line.find(system ? '>' : '"', 10);
    includes.push_back({line.substr(10, end - 10), system, number});
  }
  return includes;
}

void CheckSystemInclude(const Include& include, const std::string& folder,
                        const std::string& where) {
  for (const auto& [header, folders] : OnlyIn()) {
    if (!include.target.starts_with(header)) continue;
    EXPECT_TRUE(folders.count(folder)) << where << " includes <" << include.target << ">";
  }
}

std::vector<fs::path> Sources(const std::set<std::string>& extensions) {
  std::vector<fs::path> sources;
  for (const char* top : {"analyzer", "rules"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot / top)) {
      if (extensions.count(entry.path().extension())) sources.push_back(entry.path());
    }
  }
  return sources;
}

TEST(Layering, EveryIncludeIsAllowed) {
  const std::vector<fs::path> sources = Sources({".h", ".cc"});
  EXPECT_GT(sources.size(), 40u);
  for (const fs::path& source : sources) {
    const std::string path = fs::relative(source, kRoot).string();
    const std::string folder = FolderOf(path);
    ASSERT_TRUE(MayInclude().count(folder)) << path << " is in no known folder";
    for (const Include& include : IncludesOf(source)) {
      const std::string where = path + ":" + std::to_string(include.line);
      if (include.system) {
        CheckSystemInclude(include, folder, where);
        continue;
      }
      if (include.target == "rules/rules.def") continue;
      const std::string target = FolderOf(include.target);
      EXPECT_FALSE(target.empty()) << where << " includes \"" << include.target << "\"";
      if (target == folder || target.empty()) continue;
      EXPECT_TRUE(MayInclude().at(folder).count(target))
          << where << ": " << folder << " may not include " << target;
    }
  }
}

TEST(Layering, EveryHeaderSaysWhyItExistsAndGuardsItself) {
  for (const fs::path& header : Sources({".h"})) {
    std::ifstream in(header);
    std::string line;
    int comment_lines = 0;
    while (std::getline(in, line) && line.starts_with("//")) ++comment_lines;
    EXPECT_GE(comment_lines, 1) << header;
    EXPECT_EQ(line, "#pragma once") << header << " after its opening comment";
  }
}

}  // namespace
}  // namespace oakum
