#include "analyzer/engine/scan.h"

#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

std::vector<std::unique_ptr<Document>> Documents(int count) {
  std::vector<std::unique_ptr<Document>> documents;
  for (int i = count; i > 0; --i) {
    documents.push_back(std::make_unique<Document>(
        std::make_unique<Source>("f" + std::to_string(100 + i), "text"), Language::kUnknown));
  }
  return documents;
}

Finding At(const Rule& rule, const Document& document, Span span, Severity severity) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = severity;
  finding.message = std::string("A ") + std::string(SeverityName(severity)) + ".";
  finding.where = {&document.source(), span};
  return finding;
}

// Two findings a file, the later one first.
void CheckEach(const Rule& rule, const Project&, const Document& document, const Report& report) {
  report(At(rule, document, {2, 3}, Severity::kWarning));
  report(At(rule, document, {0, 1}, Severity::kError));
}

// One place in the first file, reached along three paths.
void CheckOnce(const Rule& rule, const Project& project, const Report& report) {
  const Document& first = *project.documents().front();
  for (Severity severity : {Severity::kNote, Severity::kError, Severity::kWarning}) {
    report(At(rule, first, {1, 4}, severity));
  }
}

constexpr Rule kEach = {.code = "OAK901",
                        .name = "each",
                        .severity = Severity::kError,
                        .summary = "Each.",
                        .check_document = CheckEach};
constexpr Rule kOnce = {.code = "OAK902",
                        .name = "once",
                        .severity = Severity::kError,
                        .summary = "Once.",
                        .check_project = CheckOnce};
const std::vector<const Rule*> kRules = {&kEach, &kOnce};

std::vector<std::string> Lines(const ScanReport& report) {
  std::vector<std::string> lines;
  for (const Finding& finding : report.findings) {
    lines.push_back(finding.where.source->path() + ":" + std::to_string(finding.where.span.begin) +
                    " " + std::string(finding.rule->code) + " " + finding.message);
  }
  return lines;
}

TEST(Scan, IsTheSameWithAnyNumberOfThreads) {
  const std::vector<std::string> alone =
      Lines(Scan(Documents(40), kRules, {.jobs = 1, .stop = {}}));
  EXPECT_EQ(alone.size(), 81u);
  for (unsigned jobs : {2u, 4u, 16u}) {
    EXPECT_EQ(Lines(Scan(Documents(40), kRules, {.jobs = jobs, .stop = {}})), alone);
  }
}

TEST(Scan, SortsByPlace) {
  const std::vector<std::string> lines = Lines(Scan(Documents(2), kRules, {}));
  const std::vector<std::string> expected = {"f101:0 OAK901 A error.", "f101:1 OAK902 A error.",
                                             "f101:2 OAK901 A warning.", "f102:0 OAK901 A error.",
                                             "f102:2 OAK901 A warning."};
  EXPECT_EQ(lines, expected);
}

TEST(Scan, KeepsOneFindingAPlaceWithTheWorstSeverity) {
  const ScanReport report = Scan(Documents(1), kRules, {});
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.findings[1].rule, &kOnce);
  EXPECT_EQ(report.findings[1].severity, Severity::kError);
}

TEST(Scan, AStopRequestLeavesNoHalfAnswer) {
  std::stop_source stop;
  stop.request_stop();
  const ScanReport report = Scan(Documents(3), kRules, {.jobs = 2, .stop = stop.get_token()});
  EXPECT_TRUE(report.cancelled);
  EXPECT_TRUE(report.findings.empty());
}

}  // namespace
}  // namespace oakum
