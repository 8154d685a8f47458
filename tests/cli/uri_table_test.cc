// The table that scanners are compared by (tests/credential/uri_cases.h), in every host language
// that can hold its URIs: what carries a credential is reported, what only looks like it is not.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/run_oakum.h"
#include "tests/credential/sample_tokens.h"
#include "tests/credential/uri_cases.h"

namespace oakum {
namespace {

struct HostLanguage {
  const char* name;
  const char* file;  // with # for the number of the case
  const char* text;  // with # for the URI
};

const HostLanguage kLanguages[] = {
    {"Python", "py/#.py", "URL = '#'\n"},
    {"JSON", "json/#.json", "{\"url\": \"#\"}\n"},
    {"YAML", "yaml/#.yaml",
     "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  url: '#'\n"},
    {"shell", "sh/#.sh", "#!/bin/sh\nfetch '#'\n"},
    {"Dockerfile", "docker/#.Dockerfile", "FROM x\nENV URL='#'\n"},
    {"TOML", "toml/#.toml", "[tool]\nurl = '#'\n"},
    {"ini", "ini/#/pip.conf", "[global]\nindex-url = #\n"},
    {"requirements", "req/#-requirements.txt", "--extra-index-url #\n"},
};

std::string Filled(std::string_view pattern, std::string_view with) {
  std::string text(pattern);
  const size_t at = text.find('#', pattern.starts_with("#!") ? 2 : 0);
  return text.replace(at, 1, with);
}

// The files that are reported, by the rules on URIs.
std::string Reported(const TemporaryTree& tree) {
  const Output output =
      RunOakum(tree, "scan --format concise --select OAK101,OAK102,OAK103,OAK104,OAK105,OAK106 .");
  EXPECT_LE(output.status, 1) << output.err;
  return output.out;
}

class UriTable : public testing::TestWithParam<HostLanguage> {};

TEST_P(UriTable, TwentyOfTwentyReal) {
  const HostLanguage& language = GetParam();
  TemporaryTree tree;
  std::vector<std::string> files;
  for (const UriCase& real : kRealUris) {
    files.push_back(Filled(language.file, "case" + std::to_string(files.size()) + "x"));
    tree.Write(files.back(), Filled(language.text, ExpandSampleTokens(real.uri)));
  }
  const std::string reported = Reported(tree);
  for (size_t i = 0; i < files.size(); ++i) {
    EXPECT_NE(reported.find(files[i]), std::string::npos) << kRealUris[i].uri;
  }
}

TEST_P(UriTable, NoneOfSixteenPlaceholders) {
  const HostLanguage& language = GetParam();
  TemporaryTree tree;
  int number = 0;
  for (const char* uri : kPlaceholderUris) {
    const std::string file = Filled(language.file, "case" + std::to_string(number++) + "x");
    tree.Write(file, Filled(language.text, uri));
  }
  EXPECT_EQ(Reported(tree), "");
}

INSTANTIATE_TEST_SUITE_P(HostLanguages, UriTable, testing::ValuesIn(kLanguages),
                         [](const testing::TestParamInfo<HostLanguage>& language) {
                           return std::string(language.param.name);
                         });

}  // namespace
}  // namespace oakum
