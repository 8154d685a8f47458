// OAK603: a CI step writes a credential where a later step builds, uploads or caches it.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/build_context.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/context_files.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/left_files.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/context_source.h"
#include "rules/ci/runner_secrets.h"

namespace oakum {
namespace {

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), project_(project), document_(document), report_(report) {}

  void Run(const std::vector<BuildSite>& sites) const {
    const std::vector<LeftFile> files = FindLeftFiles(document_);
    for (const LeftFile& left : files) {
      if (left.job != nullptr) Kept(left);
    }
    for (const LeftFile& left : FindLeftFiles(document_, LeftWhere::kElsewhere)) {
      if (left.job != nullptr) Kept(left);
    }
    LeftFinder finder(project_);
    for (const CiJob& job : document_.facts().ci_jobs) {
      const auto keeps = [](const CiStep& step) { return step.keep.has_value(); };
      if (std::none_of(job.steps.begin(), job.steps.end(), keeps)) continue;
      for (const LeftWhere where : {LeftWhere::kWorkspace, LeftWhere::kElsewhere}) {
        for (const LeftFile& left : finder.ByScriptsOf(document_, job, where)) Kept(left);
      }
    }
    for (const BuildSite& site : sites) {
      if (site.document == &document_ && site.job != nullptr) Built(site, files, finder);
    }
    CheckRunnerSecrets(rule_, document_, report_);
  }

 private:
  // A later step of the job uploads or caches it, or an earlier one when the job ends.
  void Kept(const LeftFile& left) const {
    for (uint32_t i = 0; i < left.job->steps.size(); ++i) {
      const CiStep& step = left.job->steps[i];
      if (!step.keep || !IsKept(*step.keep, left.path)) continue;
      const bool at_end = step.keep->at_end;
      if (i < left.step && !at_end) continue;
      if (IsRemoved(document_, left, at_end ? EndOf(*left.job) : step.first_command)) return;
      const bool artifact = step.keep->kind == CiKeep::Kind::kArtifact;
      Finding finding = At(left);
      finding.message = fmt::format(
          "This writes the {} {} into what {} {}. {}", left.Describe(), left.path,
          at_end ? "the job" : "a later step",
          artifact ? "uploads as an artifact"
          : at_end ? "caches when it ends"
                   : "caches",
          artifact ? "Whoever can download the artifacts of the run reads it there."
                   : "Other runs of the repository, those of pull requests included, restore it.");
      Add(finding, step.keep->span, artifact ? "is uploaded here" : "is cached here");
      finding.help =
          fmt::format("write it outside of that folder (\"$RUNNER_TEMP\"), or remove it before {}",
                      at_end ? "the job ends" : "that step");
      return report_(std::move(finding));
    }
  }

  static uint32_t EndOf(const CiJob& job) {
    uint32_t end = 0;
    for (const CiStep& step : job.steps) end = std::max(end, step.end_command);
    return end;
  }

  // A later step builds an image from its folder, and nothing shows whether its Dockerfile takes
  // it.
  void Built(const BuildSite& site, const std::vector<LeftFile>& files, LeftFinder& finder) const {
    if (site.dockerfile != nullptr) return Unseen(site, files);
    // One of the Dockerfiles of the tree, as likely as not.
    if (!site.request.context.is_literal() || !site.request.dockerfile.is_literal()) return;
    const BuildContext context(project_, site);
    for (const ContextFile& file : finder.Before(site)) {
      if (context.Excludes(file.path)) continue;
      Finding finding = At(*file.left);
      finding.message = fmt::format(
          "This writes the {} {} into the folder that a later step builds an image from. Its "
          "Dockerfile is not in the tree; a COPY of the folder takes the file into a layer, for "
          "everybody who can pull the image.",
          file.description, file.left->path);
      Add(finding, site.request.span, "the image is built here");
      finding.help =
          "hand it to the build as a secret, and write it outside of the context "
          "(\"$RUNNER_TEMP\")";
      report_(std::move(finding));
    }
  }

  // The build is of the Git ref, where the file is not, although the Dockerfile copies it.
  void Unseen(const BuildSite& site, const std::vector<LeftFile>& files) const {
    if (!site.request.git_context) return;
    for (const LeftFile& left : files) {
      if (left.job != site.job || left.step >= site.step) continue;
      const std::string_view path = PathBelow(left.path, site.below);
      for (const FileEvent& event : site.dockerfile->image()->events) {
        if (event.origin != FileOrigin::kContext || event.in_run || path != event.source) continue;
        Finding finding = At(left);
        finding.severity = Severity::kNote;
        finding.message = fmt::format(
            "{} is written for a build that does not see it: without `context:` the builder "
            "fetches "
            "the Git ref, so COPY {} finds what is committed under that name, or nothing.",
            left.path, event.source);
        Add(finding, site.request.span, "builds from the Git ref");
        finding.steps.push_back(
            {{&site.dockerfile->source(), event.span}, "the COPY that does not find it"});
        finding.help = "hand it over under `secrets:` or `secret-files:`, which read the workspace";
        report_(std::move(finding));
        break;
      }
    }
  }

  Finding At(const LeftFile& left) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&left.document->source(), left.span};
    finding.steps.push_back({finding.where, fmt::format("writes {}", left.path)});
    finding.anchor = fmt::format("{}/{}", left.job == nullptr ? "" : left.job->name, left.path);
    return finding;
  }

  void Add(Finding& finding, Span span, std::string text) const {
    finding.steps.push_back({{&document_.source(), span}, std::move(text)});
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const Report& report_;
};

void Check(const Rule& rule, const Project& project, const Report& report) {
  const std::vector<BuildSite>& sites = project.build_sites();
  for (const auto& document : project.documents()) {
    if (document->facts().ci_jobs.empty()) continue;
    Checker(rule, project, *document, report).Run(sites);
  }
}

}  // namespace

extern const Rule kCredentialInCiContext = {
    .code = "OAK603",
    .name = "credential-in-ci-context",
    .severity = Severity::kError,
    .summary = "A CI step writes a credential where a later step builds, uploads or caches it.",
    .check_project = Check,
};

}  // namespace oakum
