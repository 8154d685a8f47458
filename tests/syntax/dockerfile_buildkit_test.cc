// BuildKit's own test data, run where a checkout is at hand. None of it is kept here: set
// OAKUM_BUILDKIT_DIR to a checkout of moby/buildkit. dockerfile_test.cc covers the same behaviours.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_heredoc.h"
#include "analyzer/syntax/dockerfile_word.h"

namespace oakum {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool StopsParser(const Dockerfile& dockerfile) {
  return std::any_of(dockerfile.errors.begin(), dockerfile.errors.end(),
                     [](const DockerError& e) { return e.stops_parser; });
}

class BuildkitDataTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* checkout = std::getenv("OAKUM_BUILDKIT_DIR");
    if (!checkout) GTEST_SKIP() << "OAKUM_BUILDKIT_DIR names no checkout of moby/buildkit";
    root_ = fs::path(checkout) / "frontend/dockerfile";
    ASSERT_TRUE(fs::is_directory(root_)) << root_;
  }

  std::vector<std::string> Lines(const char* file) const {
    std::istringstream in(ReadFile(root_ / file));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  fs::path root_;
};

std::string Trim(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

DockerVariableLookup LookupIn(const std::map<std::string, std::string>& variables) {
  return [&variables](std::string_view name, Span) -> std::optional<Value> {
    auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return Value(MappedText::Synthetic(found->second, {}));
  };
}

TEST_F(BuildkitDataTest, DumpsEveryFileAsBuildkitDoes) {
  int files = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(root_ / "parser/testfiles")) {
    const std::string text = ReadFile(entry.path() / "Dockerfile");
    const Dockerfile dockerfile = ParseDockerfile(MappedText::Verbatim(text, 0));
    EXPECT_FALSE(StopsParser(dockerfile)) << entry.path();
    EXPECT_EQ(DumpBuildkit(dockerfile), ReadFile(entry.path() / "result")) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 33);
}

TEST_F(BuildkitDataTest, RejectsWhatMustFail) {
  int files = 0;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(root_ / "parser/testfiles-negative")) {
    const std::string text = ReadFile(entry.path() / "Dockerfile");
    EXPECT_TRUE(StopsParser(ParseDockerfile(MappedText::Verbatim(text, 0)))) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 4);
}

TEST_F(BuildkitDataTest, ExpandsWordsAsBuildkitDoes) {
  const std::map<std::string, std::string> variables = {
      {"PWD", "/home"},
      {"SHELL", "bash"},
      {"KOREAN", "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4"},
      {"NULL", ""}};
  int cases = 0;
  for (const std::string& line : Lines("shell/envVarTest")) {
    if (line.starts_with('#') || Trim(line).empty()) continue;
    const size_t first = line.find('|');
    const size_t second = line.find('|', first + 1);
    ++cases;
    if (Trim(line.substr(0, first)) == "W") continue;
    const std::string source = Trim(line.substr(first + 1, second - first - 1));
    const std::string expected = Trim(line.substr(second + 1));
    const Result<Value> value =
        ExpandDockerWord(MappedText::Verbatim(source, 0), {}, LookupIn(variables));
    if (expected == "error") {
      EXPECT_FALSE(value) << line;
    } else {
      ASSERT_TRUE(value) << line;
      EXPECT_EQ(value->text(), expected) << line;
    }
  }
  EXPECT_GE(cases, 230);
}

TEST_F(BuildkitDataTest, SplitsWordsAsBuildkitDoes) {
  std::map<std::string, std::string> variables;
  int cases = 0;
  for (const std::string& line : Lines("shell/wordsTest")) {
    if (line.starts_with('#') || line.empty()) continue;
    if (line.starts_with("ENV ")) {
      const size_t equals = line.find('=');
      variables[line.substr(4, equals - 4)] = line.substr(equals + 1);
      continue;
    }
    ++cases;
    const size_t bar = line.find('|');
    const std::string source = Trim(line.substr(0, bar));
    std::string rest = line.substr(bar + 1);
    rest.erase(0, rest.find_first_not_of(' '));
    std::vector<std::string> expected;
    std::istringstream in(rest);
    for (std::string word; std::getline(in, word, ',');) expected.push_back(word);
    const Result<std::vector<Value>> words =
        SplitDockerWords(MappedText::Verbatim(source, 0), {}, LookupIn(variables));
    std::vector<std::string> actual;
    if (!words) actual = {"error"};
    for (const Value& word : words.value_or(std::vector<Value>())) actual.emplace_back(word.text());
    EXPECT_EQ(actual, expected) << line;
  }
  EXPECT_GE(cases, 24);
}

// The Go tables keep their heredoc Dockerfile in one raw string; the names it must give follow it.
TEST_F(BuildkitDataTest, FindsEveryHeredocOfTheGoTables) {
  const std::string go = ReadFile(root_ / "parser/parser_heredoc_test.go");
  const size_t begin = go.find('`') + 1;
  const std::string text = go.substr(begin, go.find('`', begin) - begin);
  const Dockerfile dockerfile = ParseDockerfile(MappedText::Verbatim(text, 0));
  EXPECT_FALSE(StopsParser(dockerfile));
  std::vector<std::string> actual;
  for (const DockerInstruction& instruction : dockerfile.instructions) {
    for (const DockerHeredoc& heredoc : instruction.heredocs) {
      actual.push_back(heredoc.name + '|' + std::string(heredoc.content.text()) + '|' +
                       (heredoc.expand ? "e" : "") + (heredoc.chomp ? "c" : "") +
                       std::to_string(heredoc.fd));
    }
  }
  // name, content, expand, chomp and fd as the table spells them
  std::vector<std::string> expected;
  const size_t table = go.find("tests := [][]Heredoc{");
  std::istringstream in(go.substr(table, go.find("result, err := Parse", table) - table));
  std::string name, content, flags, fd = "0";
  auto unquote = [](std::string quoted) {
    std::string out;
    for (size_t i = 1; i + 1 < quoted.size(); ++i) {
      if (quoted[i] != '\\') {
        out += quoted[i];
        continue;
      }
      ++i;
      out += quoted[i] == 'n' ? '\n' : quoted[i] == 't' ? '\t' : quoted[i];
    }
    return out;
  };
  for (std::string line; std::getline(in, line);) {
    line = Trim(line);
    if (line.ends_with(',')) line.pop_back();
    const size_t colon = line.find(':');
    const std::string value = colon == std::string::npos ? "" : Trim(line.substr(colon + 1));
    if (line.starts_with("Name:")) {
      name = unquote(value);
    } else if (line.starts_with("Content:")) {
      content = unquote(value);
    } else if (line.starts_with("Expand:") && value == "true") {
      flags = "e" + flags;
    } else if (line.starts_with("Chomp:") && value == "true") {
      flags += "c";
    } else if (line.starts_with("FileDescriptor:")) {
      fd = value;
    } else if (line == "}" && !name.empty()) {
      expected.push_back(name + '|' + content + '|' + flags + fd);
      name = content = flags = "";
      fd = "0";
    }
  }
  EXPECT_GE(expected.size(), 24u);
  EXPECT_EQ(actual, expected);
}

}  // namespace
}  // namespace oakum
