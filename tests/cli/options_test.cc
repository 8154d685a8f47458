#include "analyzer/cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/help.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Arguments = std::vector<std::string>;

ScanCommand Scan(Arguments arguments) {
  arguments.insert(arguments.begin(), "scan");
  const Result<Invocation> invocation = ParseCommandLine(arguments);
  EXPECT_TRUE(invocation) << invocation.error().message;
  return invocation ? std::get<ScanCommand>(*invocation) : ScanCommand();
}

TEST(OptionsTest, ScanDefaults) {
  const ScanCommand scan = Scan({});
  EXPECT_THAT(scan.paths, ElementsAre("."));
  EXPECT_EQ(scan.format, Format::kText);
  EXPECT_EQ(scan.fail_on, Severity::kWarning);
  EXPECT_EQ(scan.color, Color::kAuto);
  EXPECT_GE(scan.jobs, 1u);
  EXPECT_TRUE(scan.default_excludes);
  EXPECT_FALSE(scan.force_exclude);
}

TEST(OptionsTest, Scan) {
  const ScanCommand scan = Scan({"a",
                                 "--select",
                                 "OAK1,known-token",
                                 "--select=OAK2",
                                 "--ignore",
                                 "OAK105",
                                 "b",
                                 "--fail-on",
                                 "never",
                                 "--format=sarif",
                                 "--output",
                                 "x.sarif",
                                 "--jobs",
                                 "3",
                                 "--color",
                                 "always",
                                 "-q",
                                 "-v",
                                 "--exclude",
                                 "a,b/*",
                                 "--exclude",
                                 "c",
                                 "--no-default-excludes",
                                 "--force-exclude",
                                 "-",
                                 "--stdin-filename",
                                 "Dockerfile"});
  EXPECT_THAT(scan.paths, ElementsAre("a", "b", "-"));
  EXPECT_THAT(scan.select, ElementsAre("OAK1", "known-token", "OAK2"));
  EXPECT_THAT(scan.ignore, ElementsAre("OAK105"));
  EXPECT_THAT(scan.exclude, ElementsAre("a,b/*", "c"));
  EXPECT_EQ(scan.fail_on, std::nullopt);
  EXPECT_EQ(scan.format, Format::kSarif);
  EXPECT_EQ(scan.output, "x.sarif");
  EXPECT_EQ(scan.jobs, 3u);
  EXPECT_EQ(scan.color, Color::kAlways);
  EXPECT_TRUE(scan.quiet);
  EXPECT_TRUE(scan.verbose);
  EXPECT_FALSE(scan.default_excludes);
  EXPECT_TRUE(scan.force_exclude);
  EXPECT_EQ(scan.stdin_filename, "Dockerfile");
}

TEST(OptionsTest, PathsAfterTwoDashesMayLookLikeOptions) {
  EXPECT_THAT(Scan({"--", "-q", "--x"}).paths, ElementsAre("-q", "--x"));
}

TEST(OptionsTest, Mistakes) {
  const struct {
    Arguments arguments;
    const char* message;
  } cases[] = {
      {{"scna"}, "there is no command 'scna'; did you mean 'scan'?"},
      {{"frobnicate"}, "there is no command 'frobnicate'"},
      {{}, "no command"},
      {{"--verison"}, "there is no option '--verison'; did you mean '--version'?"},
      {{"scan", "--slect", "x"}, "there is no option '--slect'; did you mean '--select'?"},
      {{"scan", "--formt=json"}, "there is no option '--formt'; did you mean '--format'?"},
      {{"scan", "-x"}, "there is no option '-x'"},
      {{"scan", "--format", "srif"}, "--format has no 'srif'; did you mean 'sarif'?"},
      {{"scan", "--format", "xml"},
       "--format has no 'xml'; it is one of text, concise, json, sarif, github"},
      {{"scan", "--fail-on", "warn"}, "--fail-on has no 'warn'"},
      {{"scan", "--color", "alwys"}, "did you mean 'always'?"},
      {{"scan", "--jobs", "0"}, "--jobs"},
      {{"scan", "--jobs", "many"}, "--jobs"},
      {{"scan", "--output"}, "--output"},
      {{"explain"}, "RULE is required"},
      {{"explain", "a", "b"}, "unexpected argument 'b'"},
      {{"dump", "yml", "x"}, "there is no language 'yml'; did you mean 'yaml'?"},
      {{"dump", "cobol", "x"}, "it is one of dockerfile, shell"},
      {{"dump", "json", "x", "--format", "buildkit"}, "only Dockerfiles"},
      {{"dump", "json"}, "FILE is required"},
  };
  for (const auto& c : cases) {
    const Result<Invocation> invocation = ParseCommandLine(c.arguments);
    ASSERT_FALSE(invocation) << c.message;
    EXPECT_THAT(invocation.error().message, HasSubstr(c.message));
  }
}

TEST(OptionsTest, HelpIsFoundEverywhere) {
  for (const char* command : {"", "scan", "explain", "rules", "dump"}) {
    for (const char* flag : {"-h", "--help"}) {
      Arguments arguments = {flag};
      if (*command != '\0') arguments.insert(arguments.begin(), command);
      const Result<Invocation> invocation = ParseCommandLine(arguments);
      ASSERT_TRUE(invocation) << command;
      EXPECT_EQ(std::get<PrintCommand>(*invocation).text, HelpFor(command));
    }
  }
}

TEST(OptionsTest, HelpNamesEveryOptionAndCommand) {
  for (const char* option : {"--select", "--ignore", "--fail-on", "--format", "--output", "--color",
                             "-q, --quiet", "-v, --verbose", "--stdin-filename", "--exclude",
                             "--force-exclude", "--no-default-excludes", "--jobs", "-h, --help"}) {
    EXPECT_THAT(std::string(HelpFor("scan")), HasSubstr(option));
  }
  for (const std::string_view language : DumpLanguages()) {
    EXPECT_THAT(std::string(HelpFor("dump")), HasSubstr(std::string(language)));
  }
  for (const char* command : {"scan", "explain", "rules", "dump"}) {
    EXPECT_THAT(std::string(HelpFor("")), HasSubstr(std::string("\n  ") + command));
  }
}

}  // namespace
}  // namespace oakum
