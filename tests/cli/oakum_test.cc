// The built program as a user meets it: streams, exit statuses, formats, bad input.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/run_oakum.h"

namespace oakum {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

// OAK105: an error on line 1.
constexpr std::string_view kLeak =
    "export DATABASE_URL=postgres://app:s3cr3t-Tulip-8842@db.example.com/app\n";
constexpr std::string_view kPassword = "s3cr3t-Tulip-8842";

class OakumTest : public testing::Test {
 protected:
  TemporaryTree tree_;
};

TEST_F(OakumTest, CleanTree) {
  tree_.Write("Dockerfile", "FROM python:3.11\n");
  const Output output = RunOakum(tree_, "scan");
  EXPECT_EQ(output.status, 0);
  EXPECT_EQ(output.out, "");
  EXPECT_EQ(output.err, "0 findings; read 1 file, 17 bytes\n");
}

TEST_F(OakumTest, Finding) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunOakum(tree_, "scan");
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.out, StartsWith("error[OAK105 uri-credential]: "));
  EXPECT_THAT(output.out, HasSubstr(" --> env.sh:1:"));
  EXPECT_THAT(output.err, StartsWith("\n1 finding: 1 error; read 1 file"));
  EXPECT_THAT(output.out + output.err, Not(HasSubstr(kPassword)));
}

TEST_F(OakumTest, ExitStatusFollowsFailOn) {
  tree_.Write("env.sh", kLeak);
  const struct {
    const char* arguments;
    int status;
  } cases[] = {
      {"scan --fail-on error", 1},
      {"scan --fail-on never", 0},
      {"scan --ignore OAK105", 0},
      {"scan --select OAK106", 0},
      {"scan --select OAK1", 1},
      {"scan --select URI-credential", 1},
      {"scan nope", 2},
      {"scan nope env.sh", 2},
      {"scan --select nope", 2},
      {"", 2},
      {"explain OAK105", 0},
      {"explain uri-credential", 0},
      {"explain OAK999", 2},
      {"rules", 0},
      {"--version", 0},
      {"--help", 0},
      {"scan --output /nowhere/x", 2},
      {"dump shell env.sh", 0},
      {"dump shell nope", 2},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(RunOakum(tree_, c.arguments).status, c.status) << c.arguments;
  }
}

TEST_F(OakumTest, MistakesAreExplainedOnStandardError) {
  const Output output = RunOakum(tree_, "scan --formt json");
  EXPECT_EQ(output.status, 2);
  EXPECT_EQ(output.out, "");
  EXPECT_EQ(output.err,
            "error: there is no option '--formt'; did you mean '--format'?\n"
            "Run 'oakum scan --help' to see what there is.\n");
}

TEST_F(OakumTest, WhatCouldBeReadIsReportedBesideAMissingPath) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunOakum(tree_, "scan nope env.sh");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.out, HasSubstr("OAK105"));
  EXPECT_THAT(output.err, HasSubstr("error: nope: Not read: No such file or directory.\n"));
}

TEST_F(OakumTest, NothingScannedIsLoudEvenWhenQuiet) {
  const Output output = RunOakum(tree_, "scan -q");
  EXPECT_EQ(output.status, 0);
  EXPECT_EQ(output.err, "warning: nothing was scanned: no file was read\n");
}

TEST_F(OakumTest, QuietSaysOnlyFindings) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunOakum(tree_, "scan -q");
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, HasSubstr("OAK105"));
}

TEST_F(OakumTest, VerboseNamesWhatIsPassedOver) {
  tree_.Write("a.sh", "true\n");
  tree_.Write("web/node_modules/x/y.sh", kLeak);
  tree_.Write("image.bin", std::string_view("\0\1", 2));
  const Output output = RunOakum(tree_, "scan -v");
  EXPECT_EQ(output.status, 0);
  EXPECT_THAT(output.err, HasSubstr("note: web/node_modules: Skipped: "));
  EXPECT_THAT(output.err, HasSubstr("note: image.bin: Skipped: not text"));
  EXPECT_THAT(output.err, HasSubstr("; skipped: node_modules (1), binary files (1)\n"));
  EXPECT_EQ(RunOakum(tree_, "scan --no-default-excludes").status, 1);
}

TEST_F(OakumTest, StandardInput) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunShell(tree_, "oakum scan - --stdin-filename x/env.sh < env.sh");
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.out, HasSubstr(" --> x/env.sh:1:"));
  EXPECT_EQ(RunShell(tree_, "oakum scan - < /dev/null").status, 0);
}

TEST_F(OakumTest, Formats) {
  tree_.Write("env.sh", kLeak);
  const Output concise = RunOakum(tree_, "scan --format concise");
  EXPECT_THAT(concise.out, StartsWith("env.sh:1:"));
  EXPECT_THAT(concise.out, HasSubstr(": error[OAK105] "));

  const Output github = RunOakum(tree_, "scan --format github");
  EXPECT_THAT(github.out, StartsWith("::error file=env.sh,line=1,"));

  const auto json = nlohmann::json::parse(RunOakum(tree_, "scan --format json").out);
  EXPECT_EQ(json["findings"][0]["code"], "OAK105");
  EXPECT_EQ(json["summary"]["files"], 1);

  const auto sarif = nlohmann::json::parse(RunOakum(tree_, "scan --format sarif").out);
  EXPECT_EQ(sarif["runs"][0]["results"][0]["ruleId"], "OAK105");
  for (const char* format : {"text", "concise", "json", "sarif", "github"}) {
    const Output output = RunOakum(tree_, std::string("scan --format ") + format);
    EXPECT_EQ(output.status, 1) << format;
    EXPECT_THAT(output.out, Not(HasSubstr(kPassword))) << format;
  }
}

TEST_F(OakumTest, SarifPathsAreRelativeToTheRepository) {
  tree_.Write("deploy/env.sh", kLeak);
  const Output output = RunShell(tree_, "git init -q . && cd deploy && oakum scan --format sarif");
  const auto sarif = nlohmann::json::parse(output.out);
  EXPECT_EQ(
      sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
      "deploy/env.sh");
}

TEST_F(OakumTest, OutputFile) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunOakum(tree_, "scan env.sh --format concise --output ../report");
  EXPECT_EQ(output.status, 1);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(TemporaryTree::Read(tree_.base() / "report"), StartsWith("env.sh:1:"));
  // What is there stays when the new report cannot be written.
  EXPECT_EQ(
      RunShell(tree_, "ulimit -f 0; trap '' XFSZ; oakum scan env.sh --output ../report").status, 2);
  EXPECT_THAT(TemporaryTree::Read(tree_.base() / "report"), StartsWith("env.sh:1:"));
  EXPECT_EQ(RunOakum(tree_, "scan env.sh --output /dev/null").status, 1);
}

TEST_F(OakumTest, Color) {
  tree_.Write("env.sh", kLeak);
  const std::string escape = "\x1b[";
  EXPECT_THAT(RunOakum(tree_, "scan").out, Not(HasSubstr(escape)));
  EXPECT_THAT(RunOakum(tree_, "scan --color always").out, HasSubstr(escape));
  EXPECT_THAT(RunShell(tree_, "FORCE_COLOR=1 oakum scan").out, HasSubstr(escape));
  EXPECT_THAT(RunShell(tree_, "FORCE_COLOR=1 NO_COLOR=1 oakum scan").out, Not(HasSubstr(escape)));
  EXPECT_THAT(RunShell(tree_, "FORCE_COLOR=1 oakum scan --color never").out,
              Not(HasSubstr(escape)));
}

TEST_F(OakumTest, AReaderThatGoesAwayIsNoError) {
  for (int i = 0; i < 300; ++i) tree_.Write("f" + std::to_string(i) + ".sh", kLeak);
  const Output output = RunShell(tree_, "{ oakum scan; echo status $? >&2; } | head -1");
  EXPECT_THAT(output.err, HasSubstr("status 1\n"));
  EXPECT_THAT(output.err, Not(HasSubstr("cannot be written")));
}

TEST_F(OakumTest, AFullDiskIsAnError) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunShell(tree_, "oakum scan > /dev/full");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.err, HasSubstr("standard output cannot be written"));
}

TEST_F(OakumTest, Interrupt) {
  const Output output = RunShell(tree_, "sleep 30 | '" OAKUM_BINARY
                                        "' scan - & sleep 0.3; kill -INT $!; wait $!; s=$?; "
                                        "kill %1 2>/dev/null; exit $s");
  EXPECT_EQ(output.status, 130);
  EXPECT_EQ(output.out, "");
}

TEST_F(OakumTest, InterruptOfADump) {
  const Output output = RunShell(tree_, "sleep 30 | '" OAKUM_BINARY
                                        "' dump yaml - & sleep 0.3; kill -INT $!; wait $!; s=$?; "
                                        "kill %1 2>/dev/null; exit $s");
  EXPECT_EQ(output.status, 130);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err, Not(HasSubstr("error")));
}

TEST_F(OakumTest, AnyNumberOfThreadsSaysTheSame) {
  for (int i = 0; i < 40; ++i) tree_.Write("f" + std::to_string(i) + ".sh", kLeak);
  EXPECT_EQ(RunOakum(tree_, "scan --jobs 1").out, RunOakum(tree_, "scan --jobs 8").out);
}

// Each of these must be said or read, must not stop the rest, and must take no time worth noticing.
TEST_F(OakumTest, BadInput) {
  const std::string zero(1, '\0');
  tree_.Write("env.sh", kLeak);
  tree_.Write("empty.yaml", "");
  tree_.Write("nul.sh", "echo " + zero + "\n");
  tree_.Write("data.bin", zero + "\1\2");
  tree_.Write("huge.json", std::string(9 << 20, '['));
  for (const char* name : {"a.json", "b.yaml", "c.py", "d.sh", "e.toml", "f.ipynb", "Dockerfile",
                           "requirements.txt", ".netrc", "pip.conf", ".env", "g.md"}) {
    tree_.Write(std::string("deep/") + name, "token: " + std::string(100000, '['));
    tree_.Write(std::string("round/") + name, "token " + std::string(100000, '('));
  }
  tree_.Write("latin.sh", "echo caf\xe9 token\n");
  tree_.Write("utf16.sh", std::string("\xff\xfe") + "l" + zero + "s" + zero);
  tree_.Write("bom.yaml", "\xef\xbb\xbfrun: token\n");
  tree_.Write("cr.sh", "a\rb\rtoken\r");
  const Output output = RunShell(
      tree_,
      "mkfifo pipe.sh; ln -s loop loop; ln -s . here; ln -s nowhere gone; oakum scan --jobs 2");
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.out, HasSubstr(" --> env.sh:1:"));
  for (const char* said : {"warning: huge.json: Not read: is larger than 8 MiB.\n",
                           "warning: nul.sh: Not read: holds NUL bytes, so it is no text.\n",
                           "warning: pipe.sh: Not read: is a pipe, a socket or a device.\n",
                           "note: utf16.sh: Read as UTF-16", "binary files (1)", "links (3)",
                           "note: latin.sh: Not all of it is UTF-8",
                           "warning: deep/a.json: 64 brackets are opened in a row",
                           "warning: deep/c.py: 64 brackets are opened in a row",
                           "warning: round/f.ipynb: 64 brackets are opened in a row"}) {
    EXPECT_THAT(output.err, HasSubstr(said));
  }
}

TEST_F(OakumTest, UnclosedBracketsAreSaidInEveryLanguageThatNests) {
  for (const char bracket : {'[', '{', '('}) {
    for (const char* name :
         {"a.json", "b.yaml", "c.py", "d.sh", "e.toml", "f.ipynb", "g.yaml.tpl"}) {
      // Without a word that matters, and with some that make the front ends parse it.
      for (const char* before : {"", "token: runtime_env = ", "import ray\nruntime_env = "}) {
        const std::string path = std::string(1, bracket == '['   ? 's'
                                                : bracket == '{' ? 'c'
                                                                 : 'r') +
                                 std::to_string(std::string_view(before).size()) + name;
        tree_.Write(path, before + std::string(100000, bracket));
        const Output output = RunShell(tree_, "oakum scan " + path);
        EXPECT_THAT(output.err, HasSubstr("warning: " + path + ": ")) << path;
      }
    }
  }
}

TEST_F(OakumTest, NamedThingsThatAreNoFiles) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunShell(tree_, "mkfifo pipe; oakum scan pipe /dev/zero env.sh");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.out, HasSubstr("OAK105"));
  EXPECT_THAT(output.err, HasSubstr("error: pipe: Not read: is a named pipe.\n"));
  EXPECT_THAT(output.err, HasSubstr("error: /dev/zero: Not read: is a device.\n"));
}

TEST_F(OakumTest, ANamedFileThatIsNoTextFailsWhereItsNamePromisesText) {
  tree_.Write("a.yaml", std::string(10, '\0'));
  tree_.Write("a.png", std::string(10, '\0'));
  EXPECT_EQ(RunShell(tree_, "oakum scan a.png").status, 0);
  const Output output = RunShell(tree_, "oakum scan a.yaml");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.err, HasSubstr("error: a.yaml: Not read: holds NUL bytes"));
}

TEST_F(OakumTest, AnEmptyArgumentDoesNotWidenTheScan) {
  tree_.Write("env.sh", kLeak);
  const Output output = RunShell(tree_, "oakum scan ''");
  EXPECT_EQ(output.status, 2);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err, HasSubstr("error: Not read: an argument is empty"));
}

TEST_F(OakumTest, AMistakeIsExplainedWithoutItsSecret) {
  const Output output = RunShell(tree_, "oakum dump https://u:hunter2secretQ@h.io/x y");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.err, HasSubstr("there is no language 'https://u:"));
  EXPECT_THAT(output.err, Not(HasSubstr("hunter2secretQ")));
}

TEST_F(OakumTest, StandardInputThatIsTooLarge) {
  const Output output = RunShell(tree_, "head -c 9000000 /dev/zero | oakum scan -");
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.err, HasSubstr("error: <stdin>: Not read: is too large.\n"));
}

}  // namespace
}  // namespace oakum
