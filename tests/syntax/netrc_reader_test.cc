#include "analyzer/syntax/netrc_reader.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

std::string Show(const NetrcReading& reading) {
  if (reading.rejected) return "rejected";
  std::string out;
  auto field = [](const std::optional<Value>& value) {
    return value ? value->Describe() : std::string("-");
  };
  for (const NetrcLogin& entry : reading.entries) {
    if (!out.empty()) out += " | ";
    out += (entry.is_default ? "*" : entry.machine.Describe()) + " " + field(entry.login) + " " +
           field(entry.password);
  }
  if (reading.uncertain) out += " ...";
  return out;
}

NetrcReading Read(NetrcReader reader, const std::string& text) {
  return ReadNetrcAs(reader, Value(MappedText::Verbatim(text, 0)));
}

// The rows of ray.md 3.1. An empty column repeats the one before it.
struct Case {
  const char* name;
  const char* text;
  const char* python310;
  const char* python311;
  const char* curl;
  const char* wget;
  const char* uv;
};

constexpr Case kCases[] = {
    {"plain", "machine h login u password p", "h u p", "h u p", "h u p", "h u p", "h u p"},
    {"keyword case", "Machine h Login u Password p", "rejected", "rejected", "h u p", "",
     "rejected"},
    {"user", "machine h user u password p", "h u p", "h u p", "h - p", "", "h u p"},
    {"unknown token", "machine h login u passowrd p", "rejected", "rejected", "h u -", "h u -",
     "rejected"},
    {"quotes, blank", "machine h login u password \"p q\"", "rejected", "h u p q", "h u p q",
     "h u p q", "h u p q"},
    {"quotes", "machine h login u password \"pq\"", "h u \"pq\"", "h u pq", "h u pq", "h u pq",
     "h u pq"},
    {"backslash", "machine h login u password p\\q", "h u p\\q", "h u pq", "h u p\\q", "h u pq",
     "h u pq"},
    {"comment", "# c\nmachine h login u password p\n", "h u p", "h u p", "h u p", "h u p", "h u p"},
    {"comment after an empty line",
     "machine h login u password p\n\n# c d\nmachine i login u password p", "h u p | i u p",
     "rejected", "h u p | i u p", "h u p | i u p", "rejected"},
    {"commented entry is live", "machine h login u password p\n\n# machine i login v password q\n",
     "h u p", "h u p | i v q", "h u p", "h u p", "h u p | i v q"},
    {"comment blocks apart", "# a\n\n# b\nmachine h login u password p", "rejected", "rejected",
     "h u p", "h u p", "rejected"},
    {"hash value", "machine h login u password #p", "h u #p", "h u #p", "h u -", "h u -", "h u #p"},
    {"non-ASCII", "machine h login u password p\xc3\xa9", "rejected", "h u p\xc3\xa9",
     "h u p\xc3\xa9", "h u p\xc3\xa9", "h u p\xc3\xa9"},
    {"no password", "machine h login u", "rejected", "h u -", "h u -", "h u -", "h u -"},
    {"no login", "machine h password p", "h - p", "h - p", "h - p", "", "h - p"},
    {"macdef", "macdef m\nx y\n\nmachine h login u password p", "h u p", "h u p", "h u p", "h u p",
     "h u p"},
    {"open macdef", "machine h login u password p\nmacdef m\nmachine i login v password q\n",
     "h u p", "rejected", "h u p", "h u p", "h u p"},
    {"default", "default login u password p", "* u p", "* u p", "* u p", "* u p", "* u p"},
};

TEST(NetrcReader, DisagreeAsTheirSourcesSay) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Show(Read(NetrcReader::kPython310, c.text)), c.python310);
    EXPECT_EQ(Show(Read(NetrcReader::kPython311, c.text)), c.python311);
    EXPECT_EQ(Show(Read(NetrcReader::kCurl, c.text)), c.curl);
    EXPECT_EQ(Show(Read(NetrcReader::kWget, c.text)), c.wget);
    EXPECT_EQ(Show(Read(NetrcReader::kUv, c.text)), c.uv);
  }
}

TEST(NetrcReader, SaysWhichTokenIsToBlame) {
  const NetrcReading reading = Read(NetrcReader::kPython311, "machine h login u passowrd p");
  ASSERT_TRUE(reading.rejected);
  EXPECT_EQ(reading.rejected->span, (Span{18, 26}));
}

TEST(NetrcReader, AHoleForAKeywordLeavesTheVerdictOpen) {
  const Value text =
      EnvsubstVariables(Value(MappedText::Verbatim("$NETRC\nmachine h login $U password $P", 0)));
  EXPECT_EQ(Show(ReadNetrcAs(NetrcReader::kPython310, text)), " ...");
  EXPECT_EQ(Show(ReadNetrcAs(NetrcReader::kPython311, text)), " ...");
  EXPECT_EQ(Show(ReadNetrcAs(NetrcReader::kCurl, text)), "h ${U} ${P} ...");
}

std::string Used(NetrcReader reader, const std::string& text, const char* host) {
  const NetrcReading reading = Read(reader, text);
  const NetrcLogin* login = FindLogin(reader, reading, host);
  return login ? (login->login ? login->login->Describe() : "?") : "none";
}

TEST(NetrcReader, FindLogin) {
  const std::string twice = "machine h login a password p\nmachine h login b password q\n";
  EXPECT_EQ(Used(NetrcReader::kPython311, twice, "h"), "b");
  EXPECT_EQ(Used(NetrcReader::kCurl, twice, "h"), "a");
  EXPECT_EQ(Used(NetrcReader::kPython311, twice, "H"), "none");
  EXPECT_EQ(Used(NetrcReader::kCurl, twice, "H"), "a");
  const std::string early = "default login d password p\nmachine h login a password p\n";
  EXPECT_EQ(Used(NetrcReader::kPython311, early, "h"), "a");
  EXPECT_EQ(Used(NetrcReader::kPython311, early, "i"), "d");
  EXPECT_EQ(Used(NetrcReader::kCurl, early, "h"), "d");
  EXPECT_EQ(Used(NetrcReader::kWget, early, "i"), "none");
}

// --- against CPython itself ---------------------------------------------------------------------

namespace fs = std::filesystem;

constexpr const char* kScript = R"(
import netrc, os, sys
folder = sys.argv[1]
print("new" if sys.version_info >= (3, 11) else "old")
for name in sorted(os.listdir(folder)):
    try:
        hosts = netrc.netrc(os.path.join(folder, name)).hosts
    except Exception:
        print("rejected")
        continue
    parts = []
    for host, value in hosts.items():
        login, account, password = value if value else ("", "", "")
        parts.append("%s %s %s" % (host, login or "-", password or "-"))
    print(" | ".join(parts).replace("\n", "\\n"))
)";

// CPython keeps a dictionary: the last entry of a host in the place of its first.
std::string ShowAsDictionary(const NetrcReading& reading) {
  if (reading.rejected) return "rejected";
  std::vector<std::pair<std::string, std::string>> hosts;
  for (const NetrcLogin& entry : reading.entries) {
    auto text = [](const std::optional<Value>& value) {
      return value && !value->empty() ? std::string(value->text()) : std::string("-");
    };
    const std::string host = entry.is_default ? "default" : std::string(entry.machine.text());
    std::string shown = host + " " + text(entry.login) + " " + text(entry.password);
    auto same =
        std::find_if(hosts.begin(), hosts.end(), [&](const auto& h) { return h.first == host; });
    if (same == hosts.end()) {
      hosts.emplace_back(host, std::move(shown));
    } else {
      same->second = std::move(shown);
    }
  }
  std::string out;
  for (const auto& [host, shown] : hosts) out += (out.empty() ? "" : " | ") + shown;
  std::replace(out.begin(), out.end(), '\r', '\n');
  for (size_t at = out.find('\n'); at != out.npos; at = out.find('\n', at))
    out.replace(at, 1, "\\n");
  return out;
}

std::string RandomNetrc(std::mt19937& random) {
  static constexpr const char* kPieces[] = {
      "machine ",  "machine h ", "default ",
      "login u ",  "user ",      "password p ",
      "password ", "account a ", "macdef m\n",
      "\n",        "\n\n",       "\n\n",
      " ",         "\t",         "# ",
      "#c ",       "#\n",        "# machine i login v password q\n",
      "\"",        "\"a b\" ",   "\"\" ",
      "\\",        "\\\n",       "x ",
      "y",         "\xc3\xa9",   "\r\n",
      "\r",        "'",          "1 "};
  std::string text;
  for (int count = static_cast<int>(random() % 14); count >= 0; --count) {
    text += kPieces[random() % std::size(kPieces)];
  }
  return text;
}

TEST(NetrcReader, AgreesWithCPython) {
  const char* python = std::getenv("OAKUM_PYTHON");
  std::string name = (fs::temp_directory_path() / "oakum-netrc-XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  fs::create_directory(root / "cases");
  std::ofstream(root / "read.py") << kScript;
  std::mt19937 random(20260101);
  std::vector<std::string> texts;
  for (const Case& c : kCases) texts.push_back(c.text);
  while (texts.size() < 3000) texts.push_back(RandomNetrc(random));
  for (size_t i = 0; i < texts.size(); ++i) {
    std::ofstream(root / "cases" / std::to_string(100000 + i), std::ios::binary) << texts[i];
  }
  const std::string command = std::string("PYTHONIOENCODING=utf-8 ") +
                              (python ? python : "python3") + " " + (root / "read.py").string() +
                              " " + (root / "cases").string() + " > " + (root / "out").string() +
                              " 2>/dev/null";
  const int status = std::system(command.c_str());
  std::ifstream out(root / "out");
  std::string line;
  std::getline(out, line);
  if (status != 0 || (line != "new" && line != "old")) {
    fs::remove_all(root);
    GTEST_SKIP() << "no python3 to compare with";
  }
  const NetrcReader reader = line == "new" ? NetrcReader::kPython311 : NetrcReader::kPython310;
  int different = 0;
  for (const std::string& text : texts) {
    std::getline(out, line);
    const std::string ours = ShowAsDictionary(Read(reader, text));
    if (ours == line || ++different > 10) continue;
    ADD_FAILURE() << testing::PrintToString(text) << "\n  ours:    " << ours
                  << "\n  CPython: " << line;
  }
  EXPECT_EQ(different, 0);
  fs::remove_all(root);
}

}  // namespace
}  // namespace oakum
