// The nine netrc files that scanners are compared by, wherever a tree keeps a netrc: each password
// is reported, and a file whose passwords are references, placeholders or anonymous is not.

#include <span>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/run_oakum.h"

namespace oakum {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct NetrcForm {
  const char* name;
  const char* text;
};

constexpr NetrcForm kReal[] = {
    {"one line", "machine git.acme.dev login ci password s3cr3t-Pw-2291\n"},
    {"several lines", "machine git.acme.dev\n  login ci\n  password s3cr3t-Pw-2291\n"},
    {"password first", "machine git.acme.dev password s3cr3t-Pw-2291 login ci\n"},
    {"account", "machine git.acme.dev login ci account ml password s3cr3t-Pw-2291\n"},
    {"default", "default login ci password s3cr3t-Pw-2291\n"},
    {"quotes", "machine git.acme.dev login ci password \"s3cr3t Pw 2291\"\n"},
    {"Weights & Biases", "machine api.wandb.ai\n  login user\n  password 0f2c9d81e4b7a35660d1\n"},
    {"comment", "machine git.acme.dev\n  # of the robot\n  login ci\n  password s3cr3t-Pw-2291\n"},
    {"weak password", "machine git.acme.dev login ci password hunter2\n"},
};

constexpr NetrcForm kNone[] = {
    {"reference", "machine git.acme.dev login ci password ${GIT_TOKEN}\n"},
    {"shell variable", "machine git.acme.dev login ci password $GIT_TOKEN\n"},
    {"template", "machine git.acme.dev login ci password {{ git_token }}\n"},
    {"placeholder", "machine git.acme.dev login ci password <token>\n"},
    {"mask", "machine git.acme.dev login ci password ********\n"},
    {"anonymous", "machine ftp.acme.dev login anonymous password ci@acme.dev\n"},
    {"no password", "machine git.acme.dev login ci\n"},
    {"empty", ""},
};

// The text with `indent` in front of each line.
std::string Indented(std::string_view text, std::string_view indent) {
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin) + 1;
    out += std::string(indent) + std::string(text.substr(begin, end - begin));
    begin = end;
  }
  return out;
}

// Files that hold the netrc, by path, and the rules that speak of it.
struct Place {
  const char* name;
  const char* file;  // with # for the number of the case
  const char* rules;
  std::string (*text)(std::string_view netrc);
};

const Place kPlaces[] = {
    {"File", "#/.netrc", "OAK501,OAK503",
     [](std::string_view netrc) { return std::string(netrc); }},
    {"Secret", "#/secret.yaml", "OAK501,OAK503,OAK510",
     [](std::string_view netrc) {
       return "apiVersion: v1\nkind: Secret\nmetadata: {name: netrc}\nstringData:\n  .netrc: |\n" +
              Indented(netrc, "    ");
     }},
    {"ConfigMap", "#/config.yaml", "OAK501,OAK503,OAK509",
     [](std::string_view netrc) {
       return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: netrc}\ndata:\n  netrc: |\n" +
              Indented(netrc, "    ");
     }},
    {"HereDocument", "#/setup.sh", "OAK501,OAK503",
     [](std::string_view netrc) {
       return "#!/bin/sh\numask 077\ncat > ~/.netrc <<EOF\n" + std::string(netrc) + "EOF\n";
     }},
};

std::string Scan(const Place& place, std::span<const NetrcForm> forms) {
  TemporaryTree tree;
  for (size_t i = 0; i < forms.size(); ++i) {
    std::string file = place.file;
    file.replace(file.find('#'), 1, "case" + std::to_string(i));
    tree.Write(file, place.text(forms[i].text));
  }
  const Output output =
      RunOakum(tree, std::string("scan --format concise --select ") + place.rules + " .");
  EXPECT_LE(output.status, 1) << output.err;
  return output.out;
}

class NetrcTable : public testing::TestWithParam<Place> {};

TEST_P(NetrcTable, NineOfNine) {
  const std::string reported = Scan(GetParam(), kReal);
  for (size_t i = 0; i < std::size(kReal); ++i) {
    EXPECT_THAT(reported, HasSubstr("case" + std::to_string(i) + "/")) << kReal[i].name;
  }
  EXPECT_THAT(reported, Not(HasSubstr("s3cr3t")));
  EXPECT_THAT(reported, Not(HasSubstr("hunter2")));
}

TEST_P(NetrcTable, ReferencesAreSilent) {
  EXPECT_THAT(Scan(GetParam(), kNone), IsEmpty());
}

std::string NameOf(const testing::TestParamInfo<Place>& place) {
  return place.param.name;
}

INSTANTIATE_TEST_SUITE_P(Places, NetrcTable, testing::ValuesIn(kPlaces), NameOf);

}  // namespace
}  // namespace oakum
