// The requirements reader against pip itself, where a python3 with pip is at hand.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/syntax/requirements.h"

namespace oakum {
namespace {

namespace fs = std::filesystem;

// Prints one line a file: what each option and requirement is, or "error" where pip gives up.
constexpr const char* kScript = R"(
import os, sys
from pip._internal.req.req_file import get_line_parser, preprocess
folder = sys.argv[1]
print("pip")
for name in sorted(os.listdir(folder)):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        text = file.read()
    parts = []
    try:
        for number, line in preprocess(text):
            words, options = get_line_parser(None)(line)
            if words:
                parts.append(words.strip())
            for option, values in (("-i", [options.index_url] if options.index_url else []),
                                   ("-x", options.extra_index_urls or []),
                                   ("-f", options.find_links or []),
                                   ("-e", options.editables or []),
                                   ("-r", options.requirements or []),
                                   ("-c", options.constraints or []),
                                   ("-t", options.trusted_hosts or [])):
                for value in values:
                    parts.append(option + " " + value)
        print(" | ".join(sorted(set(parts))))
    except BaseException:
        print("error")
)";

std::string Show(const std::string& text) {
  static const struct {
    const char* option;
    const char* shown;
  } kShown[] = {{"", ""},
                {"--index-url", "-i "},
                {"--extra-index-url", "-x "},
                {"--find-links", "-f "},
                {"--editable", "-e "},
                {"--requirement", "-r "},
                {"--constraint", "-c "},
                {"--trusted-host", "-t "}};
  std::set<std::string> parts;
  for (const RequirementsItem& item : ParseRequirements(Value(MappedText::Verbatim(text, 0)))) {
    for (const auto& entry : kShown) {
      if (item.option == entry.option) parts.insert(entry.shown + item.value.Describe());
    }
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " | ") + part;
  return out;
}

// Within a logical line pip keeps one -i and sorts options by kind, so order is not compared, there
// is one -i a file, and what follows a continuation is an option.
std::string RandomRequirements(std::mt19937& random) {
  static constexpr const char* kLines[] = {
      "torch==2.0",
      "numpy",
      "pkg[a,b]>=1,<2",
      "pkg @ https://h/x.whl",
      "git+https://h/r.git@v1#egg=n",
      "./dir",
      "-i https://h/simple",
      "-ihttps://h/s",
      "--index-url=https://h/s",
      "--index-url 'https://h/s'",
      "--pypi-url \"https://h/s\"",
      "--extra-index-url https://a/s",
      "--extra https://a/s",
      "-f https://h/links",
      "-e git+https://h/r#egg=n",
      "-e ./dir",
      "-r base.txt",
      "-c constraints.txt",
      "--trusted-host h",
      "--pre",
      "--no-index",
      "--no-binary :all:",
      "torch==1 --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000",
  };
  static constexpr const char* kEnds[] = {"\n",    "\n",      "\r\n", "  # comment\n",
                                          " \\\n", " \\\n\n", "#x\n", "\n# comment\n",
                                          "\\\n ", "\n\n",    "\t\n", " \\\n# comment\n"};
  std::string text;
  bool joined = false;
  bool index = false;
  for (int count = static_cast<int>(random() % 6); count >= 0; --count) {
    const std::string line = kLines[random() % std::size(kLines)];
    const std::string end = kEnds[random() % std::size(kEnds)];
    const bool is_index =
        line.starts_with("-i") || line.starts_with("--i") || line.starts_with("--py");
    if ((joined && line[0] != '-') || (index && is_index)) continue;
    index |= is_index;
    joined = end.find('\\') != std::string::npos;
    text += line + end;
  }
  return text;
}

TEST(Requirements, AgreesWithPip) {
  std::string name = (fs::temp_directory_path() / "oakum-requirements-XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  fs::create_directory(root / "cases");
  std::ofstream(root / "read.py") << kScript;
  std::mt19937 random(20260102);
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    texts.push_back(RandomRequirements(random));
    std::ofstream(root / "cases" / std::to_string(100000 + i), std::ios::binary) << texts.back();
  }
  const char* python = std::getenv("OAKUM_PYTHON");
  const std::string command = std::string(python ? python : "python3") + " " +
                              (root / "read.py").string() + " " + (root / "cases").string() +
                              " > " + (root / "out").string() + " 2>/dev/null";
  const int status = std::system(command.c_str());
  std::ifstream out(root / "out");
  std::string line;
  std::getline(out, line);
  if (status != 0 || line != "pip") {
    fs::remove_all(root);
    GTEST_SKIP() << "no python3 with pip to compare with";
  }
  int different = 0;
  int refused = 0;
  for (const std::string& text : texts) {
    std::getline(out, line);
    if (line == "error") {
      ++refused;
      continue;
    }
    const std::string ours = Show(text);
    if (ours == line || ++different > 10) continue;
    ADD_FAILURE() << testing::PrintToString(text) << "\n  ours: " << ours << "\n  pip:  " << line;
  }
  EXPECT_EQ(different, 0);
  EXPECT_LT(refused, 300);
  fs::remove_all(root);
}

}  // namespace
}  // namespace oakum
