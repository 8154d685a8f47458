#include "analyzer/output/sarif.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/output/sample_report.h"

namespace oakum {
namespace {

using Json = nlohmann::json;

Json SarifRun(const SampleReport& sample, const ReportContext& context = SampleContext()) {
  return Json::parse(FormatSarif(sample.report, context))["runs"][0];
}

TEST(SarifTest, ResultHasWhatGithubReads) {
  SampleReport sample;
  sample.ReportCopiedNetrc();
  const Json run = SarifRun(sample);
  const Json& result = run["results"][0];
  EXPECT_EQ(result["ruleId"], "OAK201");
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["message"]["text"],
            "COPY puts .netrc into a layer. Whoever can pull the image reads it. "
            "See also: [this file does not exclude it](1).");
  const Json& physical = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(physical["artifactLocation"]["uri"], "build/Dockerfile");
  EXPECT_EQ(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  EXPECT_EQ(physical["region"],
            Json({{"startLine", 3}, {"startColumn", 6}, {"endLine", 3}, {"endColumn", 12}}));
  EXPECT_EQ(result["relatedLocations"][0]["id"], 1);
  const Json& flow = result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(flow.size(), 2u);
  EXPECT_EQ(flow[1]["location"]["message"]["text"], "a later layer only hides it");
  EXPECT_EQ(flow[1]["location"]["physicalLocation"]["region"]["startLine"], 5);
  EXPECT_TRUE(result["partialFingerprints"].contains("primaryLocationLineHash"));
  EXPECT_TRUE(result["partialFingerprints"].contains("oakum/v1"));
  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  EXPECT_EQ(run["automationDetails"]["id"], "oakum/");
}

TEST(SarifTest, RulesCarryTheirPages) {
  SampleReport sample;
  const Json driver = SarifRun(sample)["tool"]["driver"];
  EXPECT_EQ(driver["semanticVersion"], "0.1.0");
  const Json& rule = driver["rules"][0];
  EXPECT_EQ(rule["id"], "OAK201");
  EXPECT_EQ(rule["name"], "credential-file-in-layer");
  EXPECT_EQ(rule["fullDescription"]["text"], "Reports a file that is copied.");
  EXPECT_EQ(rule["help"]["markdown"], kSampleRules[0].page);
  EXPECT_EQ(rule["properties"]["security-severity"], "8.0");
  EXPECT_EQ(rule["properties"]["problem.severity"], "error");
  EXPECT_EQ(rule["properties"]["tags"], Json({"security", "docker", "external/cwe/cwe-538"}));
  EXPECT_EQ(driver["rules"][1]["help"]["text"], kOtherRule.summary);
}

TEST(SarifTest, ColumnsCountUtf16Units) {
  SampleReport sample;
  const Source* file = sample.Add("a.sh", "# \xc3\xa9\xf0\x9f\x98\x80 secret\n");
  sample.Report(&kOtherRule, Severity::kError, "A.", SampleReport::At(file, "secret"));
  const Json region = SarifRun(sample)["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], 7);  // "# " 2, e acute 1, emoji 2, blank 1
  EXPECT_EQ(region["endColumn"], 13);
}

TEST(SarifTest, UrisAreRelativeToTheRepository) {
  const struct {
    const char* path;
    const char* prefix;
    const char* uri;
  } cases[] = {
      {"a b/c#d.yaml", "", "a%20b/c%23d.yaml"}, {"x.yaml", "deploy/", "deploy/x.yaml"},
      {"../x.yaml", "deploy/", "x.yaml"},       {"/tmp/x y", "deploy/", "file:///tmp/x%20y"},
      {"caf\xc3\xa9", "", "caf%C3%A9"},         {"../x.yaml", "", "file:///x.yaml"},
  };
  for (const auto& c : cases) {
    SampleReport sample;
    const Source* file = sample.Add(c.path, "secret\n");
    sample.Report(&kOtherRule, Severity::kError, "A.", {file, {0, 6}});
    ReportContext context = SampleContext();
    context.path_prefix = c.prefix;
    const Json artifact = SarifRun(
        sample, context)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    EXPECT_EQ(artifact["uri"], c.uri);
  }
}

TEST(SarifTest, NotificationsAreSaid) {
  SampleReport sample;
  sample.report.notifications.push_back(
      {Notification::Level::kWarning, "big.json", "Not read: is larger than 8 MiB.", {}});
  const Json invocation = SarifRun(sample)["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], true);
  const Json& note = invocation["toolExecutionNotifications"][0];
  EXPECT_EQ(note["level"], "warning");
  EXPECT_EQ(note["message"]["text"], "Not read: is larger than 8 MiB.");
  EXPECT_EQ(note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "big.json");
}

TEST(SarifTest, TheGravestComeFirstWhereGithubCutsOff) {
  SampleReport sample;
  const Source* file = sample.Add("a", "secret\n");
  for (int i = 0; i < 5001; ++i) {
    sample.Report(&kOtherRule, i == 5000 ? Severity::kError : Severity::kNote, "A.",
                  {file, {0, 6}});
  }
  const std::string text = FormatSarif(sample.report, SampleContext());
  const size_t results = text.find("\"results\"");
  EXPECT_LT(text.find("\"level\": \"error\"", results), text.find("\"level\": \"note\"", results));
}

TEST(SarifTest, NothingFoundIsStillAReport) {
  SampleReport sample;
  const Json run = SarifRun(sample);
  EXPECT_TRUE(run["results"].is_array());
  EXPECT_TRUE(run["results"].empty());
}

// Microsoft's validator, when OAKUM_SARIF_MULTITOOL names its program.
TEST(SarifTest, MultitoolHasNothingToSay) {
  const char* tool = std::getenv("OAKUM_SARIF_MULTITOOL");
  if (tool == nullptr) GTEST_SKIP() << "OAKUM_SARIF_MULTITOOL is not set";
  SampleReport sample;
  sample.ReportCopiedNetrc();
  sample.report.notifications.push_back(
      {Notification::Level::kWarning, "big.json", "Not read: is larger than 8 MiB.", {}});
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / "oakum_sarif_test.sarif";
  std::ofstream(file) << FormatSarif(sample.report, SampleContext());
  const std::string command = std::string("'") + tool + "' validate '" + file.string() +
                              "' --config '" OAKUM_SOURCE_DIR
                              "/tests/output/sarif_validate.xml'"
                              " --rule-kind 'Sarif;Ghas' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string said;
  std::array<char, 4096> buffer;
  while (size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
    said.append(buffer.data(), count);
  EXPECT_EQ(pclose(pipe), 0) << said;
  for (const char* level : {"): error ", "): warning ", "): note "}) {
    EXPECT_EQ(said.find(level), said.npos) << said;
  }
}

}  // namespace
}  // namespace oakum
