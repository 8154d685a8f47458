// Fallback rules speak last and know what has been said.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/engine/reported_secrets.h"
#include "analyzer/engine/scan.h"

namespace oakum {
namespace {

Finding At(const Rule& rule, const Document& document, Span span) {
  Finding finding;
  finding.rule = &rule;
  finding.where = {&document.source(), span};
  finding.secrets = {finding.where};
  return finding;
}

const Rule kSpecific = {
    .code = "T2",
    .name = "specific",
    .severity = Severity::kError,
    .summary = "",
    .check_project =
        [](const Rule& rule, const Project& project, const Report& report) {
          report(At(rule, *project.Find("a"), {0, 4}));
        },
};

void ReportTwoPlaces(const Rule& rule, const Document& document, const ReportedSecrets& reported,
                     const Report& report) {
  for (Span span : {Span{2, 6}, Span{8, 9}}) {
    if (!reported.Covers(span)) report(At(rule, document, span));
  }
}

const Rule kFirst = {.code = "T1",
                     .name = "first",
                     .severity = Severity::kError,
                     .summary = "",
                     .check_fallback = ReportTwoPlaces};
const Rule kSecond = {.code = "T3",
                      .name = "second",
                      .severity = Severity::kError,
                      .summary = "",
                      .check_fallback = ReportTwoPlaces};

TEST(ScanTest, FallbacksPassOverWhatOthersReported) {
  std::vector<std::unique_ptr<Document>> documents;
  for (const char* path : {"a", "b"}) {
    documents.push_back(std::make_unique<Document>(std::make_unique<Source>(path, "0123456789"),
                                                   Language::kUnknown));
  }
  const Rule* rules[] = {&kFirst, &kSpecific, &kSecond};
  const ScanReport report = Scan(std::move(documents), rules, {.jobs = 2, .stop = {}});
  std::vector<std::string> said;
  for (const Finding& finding : report.findings) {
    said.push_back(finding.where.source->path() + " " + std::string(finding.rule->code) + " " +
                   std::to_string(finding.where.span.begin));
  }
  EXPECT_EQ(said, (std::vector<std::string>{"a T2 0", "a T1 8", "b T1 2", "b T1 8"}));
}

}  // namespace
}  // namespace oakum
