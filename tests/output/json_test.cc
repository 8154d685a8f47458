#include "analyzer/output/json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/output/sample_report.h"

namespace oakum {
namespace {

using Json = nlohmann::json;

TEST(JsonTest, Finding) {
  SampleReport sample;
  sample.ReportCopiedNetrc();
  const Json json = Json::parse(FormatJson(sample.report, SampleContext()));
  EXPECT_EQ(json["schema"], "oakum/report/v1");
  EXPECT_EQ(json["version"], "0.1.0");
  const Json& finding = json["findings"][0];
  EXPECT_EQ(finding["code"], "OAK201");
  EXPECT_EQ(finding["name"], "credential-file-in-layer");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["path"], "build/Dockerfile");
  EXPECT_EQ(finding["start"], Json({{"line", 3}, {"column", 6}, {"offset", 35}}));
  EXPECT_EQ(finding["end"], Json({{"line", 3}, {"column", 12}, {"offset", 41}}));
  EXPECT_EQ(finding["steps"][1]["text"], "a later layer only hides it");
  EXPECT_EQ(finding["steps"][1]["start"]["line"], 5);
  EXPECT_EQ(finding["related"][0]["path"], "build/.dockerignore");
  EXPECT_EQ(json["summary"], Json({{"errors", 1},
                                   {"warnings", 0},
                                   {"notes", 0},
                                   {"files", 2},
                                   {"bytes", sample.report.bytes}}));
}

TEST(JsonTest, EmptyReportHasEveryField) {
  SampleReport sample;
  const Json json = Json::parse(FormatJson(sample.report, SampleContext()));
  EXPECT_TRUE(json["findings"].is_array());
  EXPECT_TRUE(json["notifications"].is_array());
  EXPECT_EQ(json["summary"]["files"], 0);
}

TEST(JsonTest, PathsThatAreNoUtf8DoNotStopTheReport) {
  SampleReport sample;
  const Source* file = sample.Add("bad\xff.yaml", "x\n");
  sample.Report(&kOtherRule, Severity::kError, "A.", {file, {0, 1}});
  EXPECT_EQ(Json::parse(FormatJson(sample.report, SampleContext()))["findings"][0]["path"],
            "bad\xef\xbf\xbd.yaml");
}

}  // namespace
}  // namespace oakum
