#include "analyzer/model/netrc_verdict.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

NetrcContent Content(std::string_view text) {
  NetrcContent content;
  content.text = Value(MappedText::Verbatim(text, 0));
  content.netrc = ParseNetrc(content.text);
  return content;
}

struct Case {
  const char* text;
  std::optional<NetrcProblem> problem;
  const char* word = "";  // that is underlined
};

const Case kCases[] = {
    {"machine h login u password p\n", std::nullopt},
    {"machine h\n  login u # note\n  password p\n", std::nullopt},
    {"# note\nmachine h login u password p\n", std::nullopt},
    {"# note\n# more\nmachine h login u password p\n", std::nullopt},
    {"machine h login u password p\n# note\nmachine i login u password p\n", std::nullopt},
    {"machine h login u password p\n\nmachine i login u password p\n", std::nullopt},
    {"machine h login u password #p\n", std::nullopt},
    {"machine h login u\n", std::nullopt},
    {"", std::nullopt},
    {"machine h login u passowrd p\n", NetrcProblem::kMisspelt, "passowrd"},
    {"machine h user u pasword p\n", NetrcProblem::kMisspelt, "pasword"},
    {"machine h username u password p\n", NetrcProblem::kMisspelt, "username"},
    {"Machine h login u password p\n", NetrcProblem::kMisspelt, "Machine"},
    {"machine h login u password: p\n", NetrcProblem::kMisspelt, "password:"},
    {"host h login u password p\n", NetrcProblem::kMisspelt, "host"},
    {"machine h login password p\n", NetrcProblem::kMissingValue, "p"},
    {"machine h login u password p q\n", NetrcProblem::kStrayWord, "q"},
    {"https://h/\nmachine h login u password p\n", NetrcProblem::kStrayWord, "https://h/"},
    {"machine h login u password p\n\n# note\n", NetrcProblem::kComment, "note"},
    {"# a\n\n# b\nmachine h login u password p\n", NetrcProblem::kOldComment, "b"},
    {"#a note\nmachine h login u password p\n", NetrcProblem::kOldComment, "note"},
    {"machine h login u password p\n\n# machine i login u password p\n", NetrcProblem::kLiveComment,
     "i"},
    {"machine h login u password p\n\n# password q\n", NetrcProblem::kLiveComment, "q"},
    {"machine h login u password p\nmacdef m\nbin\n", NetrcProblem::kOpenMacro, "m"},
    {"machine h login u password \"p q\"\n", NetrcProblem::kOldPython, "q\""},
    {"machine h login u password \"p\nmachine i login u password p\n", NetrcProblem::kOpenQuote,
     "\"p"},
    {"machine h login u password <from the vault>\n", std::nullopt},
};

TEST(NetrcVerdict, NamesTheWord) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    const std::optional<NetrcVerdict> verdict = JudgeNetrc(Content(c.text));
    ASSERT_EQ(verdict.has_value(), c.problem.has_value());
    if (!verdict) continue;
    EXPECT_EQ(verdict->problem, *c.problem);
    const std::string_view text(c.text);
    EXPECT_EQ(text.substr(verdict->where.begin, verdict->where.size()), c.word);
  }
}

TEST(NetrcVerdict, LeavesOpenWhatIsNotKnown) {
  NetrcContent added = Content("login u password p\n");
  EXPECT_TRUE(JudgeNetrc(added));
  added.continues = true;
  EXPECT_FALSE(JudgeNetrc(added));
  NetrcContent statements = Content("{% for h in hosts %}\nmachine h login u password p\n");
  EXPECT_TRUE(JudgeNetrc(statements));
  statements.has_statements = true;
  EXPECT_FALSE(JudgeNetrc(statements));
}

TEST(NetrcVerdict, TextOfSeveralCommands) {
  const char* const fine[] = {
      "echo machine h >> ~/.netrc\necho login u >> ~/.netrc\necho password p >> $HOME/.netrc\n",
      "{ echo machine h; echo login u; echo password p; } > ~/.netrc\n",
      "echo machine h > ~/.netrc; printf 'login u\\npassword p\\n' | tee -a ~/.netrc\n",
      "echo login u password p >> ~/.netrc\n",
      "echo \"$NETRC\" > ~/.netrc\n",
  };
  for (const char* script : fine) {
    SCOPED_TRACE(script);
    Facts facts;
    LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
    CollectWrittenNetrcs(facts);
    ASSERT_EQ(facts.netrcs.size(), 1u);
    EXPECT_FALSE(JudgeNetrc(facts.netrcs[0]));
  }
}

// Whether this interpreter's netrc module takes the text; none if it is not installed.
std::optional<bool> PythonTakes(const std::string& python, std::string_view text) {
  const std::string file = testing::TempDir() + "oakum_netrc_verdict" + std::to_string(getpid());
  std::ofstream(file, std::ios::binary) << text;
  const std::string command = python +
                              " -c 'import netrc, sys\ntry: netrc.netrc(sys.argv[1])\n"
                              "except netrc.NetrcParseError: sys.exit(3)' " +
                              file + " 2>/dev/null";
  const int status = std::system(command.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (code != 0 && code != 3) return std::nullopt;
  return code == 0;
}

// From 3.11 on a file is taken exactly if no verdict says that Python rejects it.
TEST(NetrcVerdict, AgreesWithPython) {
  bool asked = false;
  for (const char* python : {"python3.11", "python3.12", "python3.13"}) {
    for (const Case& c : kCases) {
      const std::optional<bool> takes = PythonTakes(python, c.text);
      if (!takes || std::string_view(c.text).find('<') != std::string_view::npos) continue;
      asked = true;
      SCOPED_TRACE(std::string(python) + ": " + c.text);
      const bool rejected = c.problem && *c.problem != NetrcProblem::kLiveComment &&
                            *c.problem != NetrcProblem::kOldPython &&
                            *c.problem != NetrcProblem::kOpenQuote;
      EXPECT_EQ(*takes, !rejected);
    }
  }
  if (!asked) GTEST_SKIP() << "no python3.11 or later to compare with";
}

}  // namespace
}  // namespace oakum
