// OAK603: a CI step writes a credential where a later step builds, uploads or caches it.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/one_of.h"
#include "analyzer/engine/build_context.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/ci_secret.h"
#include "analyzer/engine/context_files.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/left_files.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/context_source.h"
#include "analyzer/model/written_text.h"

namespace oakum {
namespace {

// The files by which a step speaks to the runner.
struct RunnerFile {
  std::string_view variable;
  std::string_view consequence;
};
constexpr std::array<RunnerFile, 3> kRunnerFiles = {{
    {"GITHUB_ENV",
     "Every later step of the job, those of other people's actions included, has it in its "
     "environment"},
    {"GITHUB_OUTPUT",
     "Outputs are kept with the run and handed to whatever names them; the runner drops one from "
     "the job's outputs only if it recognises the text as a secret"},
    {"GITHUB_STEP_SUMMARY",
     "The summary is a page of the run; only text that is exactly the secret is masked there"},
}};

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
    RunnerFiles();
    Names();
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

  // Secrets written to $GITHUB_ENV and its like.
  void RunnerFiles() const {
    const Facts& facts = document_.facts();
    for (const CiJob& job : facts.ci_jobs) {
      for (uint32_t i = 0; i < job.steps.size(); ++i) {
        for (uint32_t c = job.steps[i].first_command; c < job.steps[i].end_command; ++c) {
          for (const FileWrite& write : WritesOf(facts.commands[c], facts.commands)) {
            RunnerWrite(job, i, facts.commands[c], write);
          }
        }
      }
    }
  }

  void RunnerWrite(const CiJob& job, uint32_t step, const Command& command,
                   const FileWrite& write) const {
    const Hole* target = write.path.OnlyHole();
    if (target == nullptr) return;
    const auto file =
        std::find_if(kRunnerFiles.begin(), kRunnerFiles.end(),
                     [target](const RunnerFile& each) { return each.variable == target->name; });
    const CiSecret secret = CiSecretIn(write.text, &job, step);
    if (file == kRunnerFiles.end() || !secret) return;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), command.span};
    finding.message = fmt::format("This writes {} to ${}. {}.", secret.hole->name, file->variable,
                                  file->consequence);
    if (secret.variable.empty()) {
      finding.related.push_back({{&document_.source(), secret.hole->span}, "the secret"});
    }
    finding.help = "name the secret in the `env:` of the one step that needs it";
    finding.anchor = fmt::format("{}/{} {}", job.name, file->variable, secret.hole->name);
    report_(std::move(finding));
  }

  // Secrets in the key of a cache or the name of an artifact.
  void Names() const {
    for (const CiJob& job : document_.facts().ci_jobs) {
      for (uint32_t i = 0; i < job.steps.size(); ++i) {
        const std::string& action = job.steps[i].uses;
        const bool artifact = action == "actions/upload-artifact";
        if (!artifact && action.find("cache") == action.npos) continue;
        for (const CiValue& input : job.steps[i].inputs) {
          const bool named =
              artifact ? input.name == "name"
                       : IsOneOf(input.name, {"key", "restore-keys", "prefix-key", "shared-key"});
          if (named) Name(job, i, input, artifact);
        }
      }
    }
  }

  void Name(const CiJob& job, uint32_t step, const CiValue& input, bool artifact) const {
    const CiSecret secret = CiSecretIn(input.value, &job, step);
    if (!secret) return;
    const Span where = secret.variable.empty() ? secret.hole->span : input.value.ToSource();
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), where};
    finding.message = fmt::format(
        "{} holds {}. {}", artifact ? "The artifact's name" : "The cache's key", secret.hole->name,
        artifact ? "Whoever can open the run reads it there: names are not masked."
                 : "Keys are kept beside the cache as they are: whoever can list the caches of the "
                   "repository reads it there.");
    if (!secret.variable.empty()) {
      finding.steps.push_back({{&document_.source(), secret.variable}, "the secret enters here"});
      finding.steps.push_back({finding.where, "and becomes part of the name here"});
    }
    finding.help = artifact
                       ? "name the artifact after the commit or the run"
                       : "make the key of what decides the content: a version, hashFiles(...) of a "
                         "lock file";
    finding.anchor = fmt::format("{}/{} {}", job.name, input.name, secret.hole->name);
    report_(std::move(finding));
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
