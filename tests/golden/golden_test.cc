// Every folder fixtures/<rule>/<case>/ is a small tree as a user has it. The program scans a copy
// of it (in this process: under a sanitizer two thousand starts take minutes), with @@token:NAME@@
// replaced by a generated token, and must print expected.txt.
//
// Modes of files are 0600 in the copy, whatever the checkout gave them, except those that modes.txt
// lists ("0644 .netrc", one a line). A case with a modes.txt is a git repository that tracks
// nothing.
//
//   OAKUM_UPDATE_GOLDENS=1 oakum_golden_test     rewrites expected.txt: read the difference

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/cli/console.h"
#include "analyzer/cli/run.h"
#include "rules/registry.h"
#include "tests/credential/sample_tokens.h"

namespace oakum {
namespace {

namespace fs = std::filesystem;

const fs::path kFixtures = fs::path(OAKUM_SOURCE_DIR) / "fixtures";
constexpr const char* kExpectedName = "expected.txt";
constexpr const char* kModesName = "modes.txt";

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

// Replaces every @@token:NAME@@ and collects the tokens put in.
std::string ExpandTokens(std::string text, std::set<std::string>& tokens) {
  constexpr std::string_view kOpen = "@@token:";
  constexpr std::string_view kClose = "@@";
  for (size_t at = text.find(kOpen); at != text.npos; at = text.find(kOpen, at)) {
    const size_t begin = at + kOpen.size();
    const size_t end = text.find(kClose, begin);
    if (end == text.npos) break;
    const std::string token = SampleToken(text.substr(begin, end - begin));
    tokens.insert(token);
    text.replace(at, end + kClose.size() - at, token);
    at += token.size();
  }
  return text;
}

// A copy of the case's tree in a folder of its own, removed at the end.
class ExpandedTree {
 public:
  explicit ExpandedTree(const fs::path& from) {
    std::string name = (fs::temp_directory_path() / "oakum-golden-XXXXXX").string();
    root_ = mkdtemp(name.data());
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
      const fs::path relative = entry.path().lexically_relative(from);
      if (relative == kExpectedName || relative == kModesName) continue;
      if (entry.is_symlink()) {
        fs::create_directories((root_ / relative).parent_path());
        fs::copy_symlink(entry.path(), root_ / relative);
      } else if (entry.is_directory()) {
        fs::create_directories(root_ / relative);
      } else {
        fs::create_directories((root_ / relative).parent_path());
        WriteFile(root_ / relative, ExpandTokens(ReadFile(entry.path()), tokens_));
        fs::permissions(root_ / relative, fs::perms(0600));
      }
    }
    std::ifstream modes(from / kModesName);
    unsigned mode = 0;
    std::string name_of_file;
    while (modes >> std::oct >> mode >> name_of_file) {
      fs::permissions(root_ / name_of_file, fs::perms(mode));
    }
    if (!fs::exists(from / kModesName)) return;
    const std::string init = "git init -q '" + root_.string() + "'";
    EXPECT_EQ(std::system(init.c_str()), 0);
  }
  ~ExpandedTree() { fs::remove_all(root_); }
  ExpandedTree(const ExpandedTree&) = delete;
  ExpandedTree& operator=(const ExpandedTree&) = delete;

  const fs::path& root() const { return root_; }
  const std::set<std::string>& tokens() const { return tokens_; }

 private:
  fs::path root_;
  std::set<std::string> tokens_;
};

struct Output {
  std::string text;
  int exit_status = -1;
};

// What the program prints for the words of `arguments`, run in `folder`.
Output Oakum(const fs::path& folder, const std::string& arguments) {
  static const std::unique_ptr<FileSystem> files = NewDiskFileSystem();
  const fs::path here = fs::current_path();
  fs::current_path(folder);
  Output output;
  Console console;
  console.out = [&output](std::string_view text) { output.text += text; };
  console.err = [](std::string_view) {};
  console.in = [](uint64_t) { return Result<std::string>(""); };
  console.files = files.get();
  std::istringstream words(arguments);
  output.exit_status = Run({std::istream_iterator<std::string>(words), {}}, console);
  fs::current_path(here);
  return output;
}

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const fs::directory_entry& rule : fs::directory_iterator(kFixtures)) {
    if (!rule.is_directory()) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(rule.path())) {
      if (!entry.is_directory()) continue;
      cases.push_back(fs::relative(entry.path(), kFixtures).string());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, PrintsWhatIsExpected) {
  const fs::path folder = kFixtures / GetParam();
  const ExpandedTree tree(folder);
  const Output text = Oakum(tree.root(), "scan --color never --fail-on never .");
  ASSERT_EQ(text.exit_status, 0);
  if (std::getenv("OAKUM_UPDATE_GOLDENS")) WriteFile(folder / kExpectedName, text.text);
  EXPECT_EQ(text.text, ReadFile(folder / kExpectedName));

  // No format may show a secret.
  for (const char* format : {"text", "concise", "json", "sarif", "github"}) {
    const Output output =
        Oakum(tree.root(), std::string("scan --fail-on never --format ") + format + " .");
    EXPECT_EQ(output.exit_status, 0) << format;
    for (const std::string& token : tree.tokens()) {
      EXPECT_EQ(output.text.find(token), std::string::npos) << "a token is printed by " << format;
    }
  }
}

std::string CaseName(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Golden, testing::ValuesIn(Cases()), CaseName);

TEST(Rules, EveryRuleHasAPageAndFixturesOfBothKinds) {
  for (const Rule* rule : AllRules()) {
    EXPECT_FALSE(PageOf(*rule).empty()) << rule->code;
    const fs::path folder = kFixtures / rule->name;
    ASSERT_TRUE(fs::is_directory(folder)) << folder;
    bool found = false;
    bool silent = false;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const std::string expected = ReadFile(entry.path() / kExpectedName);
      const bool mentions = expected.find(std::string(rule->code)) != std::string::npos;
      found |= mentions;
      silent |= !mentions;
    }
    EXPECT_TRUE(found) << rule->name << " has no fixture it speaks on";
    EXPECT_TRUE(silent) << rule->name << " has no fixture it is silent on";
  }
}

TEST(Rules, AreSortedByCodeAndUnique) {
  const auto rules = AllRules();
  for (size_t i = 1; i < rules.size(); ++i) {
    EXPECT_LT(rules[i - 1]->code, rules[i]->code);
    EXPECT_EQ(FindRule(rules[i]->name), rules[i]);
  }
}

}  // namespace
}  // namespace oakum
