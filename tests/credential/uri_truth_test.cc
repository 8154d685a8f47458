// The URI parser against the programs that send credentials: what requests puts into the
// Authorization header, what Python's and git's parsers make of the same text, and what pip hides.
// Every part is skipped where its program is not at hand.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/credential/encoding.h"
#include "analyzer/credential/uri.h"
#include "tests/credential/sample_tokens.h"
#include "tests/credential/uri_cases.h"

namespace oakum {
namespace {

// Beyond the table: what parsers trip over.
const char* const kOdd[] = {
    "https://host.example/x.zip",
    "https://user@host.example/x.zip",
    "https://user:@host.example/x.zip",
    "https://:secret@host.example/x.zip",
    "https://:@host.example/x.zip",
    "https://@host.example/x.zip",
    "https://user:pa:ss@host.example/x.zip",
    "https://us%40er:p%3Ass@host.example/x.zip",
    "https://user:p%2Fq%25r@host.example:8443/x.zip",
    "https://user:p@ss@host.example/x.zip",
    "https://u@v:p@host.example/x.zip",
    "https://user:secret@HOST.Example/x.zip",
    "https://user:secret@host.example?ref=a@b",
    "https://user:secret@host.example/a@b/c",
    "https://host.example/a@b:c",
    "https://host.example/?u=https://a:b@c.example",
    "https://user:secret@[::1]:8443/x.zip",
    "https://user:se+cr=et!@host.example/",
    "https://user:~!$&'()*+,;=@host.example/",
    "http://user:secret@host.example:80",
};

std::vector<std::string> Uris() {
  std::vector<std::string> uris(std::begin(kOdd), std::end(kOdd));
  for (const UriCase& real : kRealUris) {
    const std::string uri = ExpandSampleTokens(real.uri);
    if (uri.starts_with("http")) uris.push_back(uri);
  }
  return uris;
}

// The lines that a Python script prints for the URIs in its first argument's file; none if it
// fails.
std::vector<std::string> Ask(const std::string& script, const std::vector<std::string>& uris) {
  namespace fs = std::filesystem;
  std::string name = (fs::temp_directory_path() / "oakum-truth-XXXXXX").string();
  const fs::path folder = mkdtemp(name.data());
  std::ofstream(folder / "ask.py") << script;
  {
    std::ofstream list(folder / "uris");
    for (const std::string& uri : uris) list << uri << '\n';
  }
  const std::string command = "cd '" + folder.string() + "' && python3 ask.py uris >out 2>err";
  const bool ran = std::system(command.c_str()) == 0;
  std::vector<std::string> lines;
  std::ifstream out(folder / "out");
  for (std::string line; ran && std::getline(out, line);) lines.push_back(line);
  fs::remove_all(folder);
  return lines;
}

Uri Parsed(const std::string& uri) {
  return ParseUri(Value(MappedText::Synthetic(uri, {}))).value_or(Uri());
}

std::string Login(const Uri& uri) {
  return PercentDecode(uri.user.text()) + " " + PercentDecode(uri.password.text());
}

TEST(UriTruth, RequestsSendsWhatThePasswordRuleSays) {
  const std::vector<std::string> uris = Uris();
  const std::vector<std::string> sent = Ask(R"(
import base64, requests, sys
for uri in open(sys.argv[1], encoding="utf-8").read().splitlines():
    header = requests.Request("GET", uri).prepare().headers.get("Authorization")
    print("none" if header is None else
          " ".join(base64.b64decode(header.split()[1]).decode("latin-1").split(":", 1)))
)",
                                            uris);
  if (sent.empty()) GTEST_SKIP() << "no python3 with requests to compare with";
  ASSERT_EQ(sent.size(), uris.size());
  for (size_t i = 0; i < uris.size(); ++i) {
    const Uri uri = Parsed(uris[i]);
    // A user without a ':' is not sent at all, nor are two empty halves.
    const bool sends = uri.has_password && !(uri.user.empty() && uri.password.empty());
    EXPECT_EQ(sends ? Login(uri) : "none", sent[i]) << uris[i];
  }
}

TEST(UriTruth, PythonSplitsAlike) {
  const std::vector<std::string> uris = Uris();
  const std::vector<std::string> split = Ask(R"(
import sys
from urllib.parse import urlsplit, unquote
for uri in open(sys.argv[1], encoding="utf-8").read().splitlines():
    parts = urlsplit(uri)
    print(unquote(parts.username or ""), unquote(parts.password or ""), parts.hostname,
          parts.port or "", parts.path)
)",
                                             uris);
  if (split.empty()) GTEST_SKIP() << "no python3 to compare with";
  ASSERT_EQ(split.size(), uris.size());
  for (size_t i = 0; i < uris.size(); ++i) {
    const Uri uri = Parsed(uris[i]);
    EXPECT_EQ(Login(uri) + " " + uri.LiteralHost() + " " + std::string(uri.port.text()) + " " +
                  std::string(uri.path.text()),
              split[i])
        << uris[i];
  }
}

// The messages of 102 and 103: pip hides the password half, and a user half that stands alone.
TEST(UriTruth, PipHidesWhatTheMessagesSay) {
  const std::vector<std::string> uris = Uris();
  const std::vector<std::string> shown = Ask(R"(
import sys
from pip._internal.utils.misc import redact_auth_from_url
for uri in open(sys.argv[1], encoding="utf-8").read().splitlines():
    print(redact_auth_from_url(uri))
)",
                                             uris);
  if (shown.empty()) GTEST_SKIP() << "no python3 with pip to compare with";
  ASSERT_EQ(shown.size(), uris.size());
  for (size_t i = 0; i < uris.size(); ++i) {
    const Uri uri = Parsed(uris[i]);
    if (!uri.has_userinfo) continue;
    EXPECT_EQ(shown[i].find(":****@") != std::string::npos, uri.has_password) << uris[i];
    if (uri.has_password && uri.user.text().find('@') == std::string::npos) {
      const std::string start = uri.scheme + "://" + std::string(uri.user.text()) + ":";
      EXPECT_TRUE(shown[i].starts_with(start)) << uris[i] << " -> " << shown[i];
    }
    EXPECT_EQ(shown[i].find("//****@") != std::string::npos, !uri.has_password) << uris[i];
    for (const UriParameter& parameter : uri.query) {  // nothing of the query is hidden
      EXPECT_NE(shown[i].find(parameter.value.text()), std::string::npos) << uris[i];
    }
  }
}

TEST(UriTruth, GitReadsTheSameLogin) {
  std::vector<std::string> uris;
  for (const std::string& uri : Uris()) {
    const Uri parsed = Parsed(uri);
    // git asks for what is missing, and takes the first '@' where two stand raw.
    const bool ambiguous = parsed.user.text().find('@') != std::string::npos ||
                           parsed.password.text().find('@') != std::string::npos;
    if (!parsed.user.empty() && !parsed.password.empty() && !ambiguous) uris.push_back(uri);
  }
  const std::vector<std::string> filled = Ask(R"(
import subprocess, sys
for uri in open(sys.argv[1], encoding="utf-8").read().splitlines():
    out = subprocess.run(["git", "-c", "credential.helper=", "credential", "fill"],
                         input="url=%s\n\n" % uri, capture_output=True, text=True, check=True,
                         env={"GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_GLOBAL": "/dev/null",
                              "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": "/usr/bin:/bin"}).stdout
    fields = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    print(fields.get("username", ""), fields.get("password", ""))
)",
                                              uris);
  if (filled.empty()) GTEST_SKIP() << "no python3 and git to compare with";
  ASSERT_EQ(filled.size(), uris.size());
  for (size_t i = 0; i < uris.size(); ++i) {
    EXPECT_EQ(Login(Parsed(uris[i])), filled[i]) << uris[i];
  }
}

}  // namespace
}  // namespace oakum
