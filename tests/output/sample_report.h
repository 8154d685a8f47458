// A report made by hand, for the tests of the output formats.
//
//   SampleReport sample;
//   const Source* file = sample.Add("Dockerfile", "FROM x\nCOPY .netrc /\n");
//   sample.Report(&kSampleRule, Severity::kError, "A.", SampleReport::At(file, ".netrc"));
//   FormatText(sample.report, {});
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/engine/rule.h"
#include "analyzer/engine/scan.h"
#include "analyzer/output/context.h"

namespace oakum {

inline constexpr Rule kSampleRule = {.code = "OAK201",
                                     .name = "credential-file-in-layer",
                                     .severity = Severity::kError,
                                     .summary = "A credential file is copied into an image layer."};

inline constexpr Rule kOtherRule = {.code = "OAK301",
                                    .name = "credential-file-mode",
                                    .severity = Severity::kWarning,
                                    .summary = "A credential file is readable by others."};

class SampleReport {
 public:
  const Source* Add(std::string path, std::string text) {
    sources_.push_back(std::make_unique<Source>(std::move(path), std::move(text)));
    report.bytes += sources_.back()->text().size();
    ++report.files;
    return sources_.back().get();
  }

  // The first place in `source` that reads `text`. REQUIRES: there is one.
  static Location At(const Source* source, std::string_view text) {
    const size_t begin = source->text().find(text);
    return {source, {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + text.size())}};
  }

  Finding& Report(const Rule* rule, Severity severity, std::string message, Location where) {
    Finding finding;
    finding.rule = rule;
    finding.severity = severity;
    finding.message = std::move(message);
    finding.where = where;
    report.findings.push_back(std::move(finding));
    return report.findings.back();
  }

  // The finding that most tests need: a copied file, its later removal and an ignore file.
  Finding& ReportCopiedNetrc() {
    const Source* dockerfile = Add("build/Dockerfile",
                                   "FROM python:3.11\nWORKDIR /srv\nCOPY .netrc /root/.netrc\n"
                                   "RUN pip install -r r.txt\nRUN rm /root/.netrc\n");
    const Source* ignore = Add("build/.dockerignore", "*.log\n");
    Finding& finding = Report(&kSampleRule, Severity::kError,
                              "COPY puts .netrc into a layer. Whoever can pull the image reads it.",
                              At(dockerfile, ".netrc"));
    finding.steps = {{At(dockerfile, ".netrc"), "the file enters the image"},
                     {At(dockerfile, "rm /root/.netrc"), "a later layer only hides it"}};
    finding.related = {{At(ignore, "*.log"), "this file does not exclude it"}};
    finding.help =
        "hand it over as a secret mount: RUN --mount=type=secret,id=netrc,"
        "target=/root/.netrc pip install ...";
    finding.anchor = "stage 0/COPY .netrc";
    return finding;
  }

  ScanReport report;

 private:
  std::vector<std::unique_ptr<Source>> sources_;
};

inline const RuleInfo kSampleRules[] = {
    {&kSampleRule,
     "# OAK201 credential-file-in-layer\n\n## What it does\n\nReports a file\nthat is copied.\n"},
    {&kOtherRule, ""}};

inline ReportContext SampleContext() {
  return {.version = "0.1.0",
          .homepage = "https://example.com/oakum",
          .rules = kSampleRules,
          .path_prefix = "",
          .folder = "/repo",
          .fingerprint_key = "key"};
}

}  // namespace oakum
