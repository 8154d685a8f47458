// OAK605: .git with the token that checkout left in it reaches an image.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_context.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/context_files.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/context_source.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

constexpr int kFirstWithoutToken = 6;  // keeps it under RUNNER_TEMP instead

// Whether this step leaves a token in .git/config.
bool PersistsToken(const CiStep& step) {
  if (step.uses != "actions/checkout") return false;
  if (step.Input("persist-credentials").text() == "false") return false;
  if (const auto release = step.Release()) return release->first < kFirstWithoutToken;
  return step.version != "main" && step.version != "master";
}

// Whether a script of the job takes the token away between the two steps.
bool TakesAway(const Command& command) {
  const std::string_view program = command.Program();
  if (command.conditional) return false;
  for (const Value& word : command.argv) {
    const std::string_view text = word.text();
    if (program == "rm" && BaseName(CleanPath(text)) == ".git") return true;
    if (program == "git" && (text == "--unset" || text == "--unset-all" || text == "unset")) {
      return true;
    }
  }
  return false;
}

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const BuildSite& site, const Report& report)
      : rule_(rule),
        project_(project),
        site_(site),
        report_(report),
        dockerfile_(*site.dockerfile),
        context_(project, site) {}

  void Run() {
    const CiStep* checkout = Checkout();
    if (checkout == nullptr) return;
    const std::string folder = CleanPath(KnownPath(checkout->Input("path")));
    const std::string git = JoinPath(folder, ".git/config");
    const std::string path(PathBelow(git, site_.below));
    if (path.empty() || context_.Excludes(path)) return;
    for (const uint32_t event : context_.TakenBy(path)) {
      const LayerSteps steps(project_, dockerfile_, event);
      if (steps.exposed()) return Describe(*checkout, event, steps, path);
    }
  }

 private:
  // The last checkout before the build whose token is still there.
  const CiStep* Checkout() const {
    const CiStep* found = nullptr;
    const auto& commands = site_.document->facts().commands;
    for (uint32_t i = 0; i <= site_.step && i < site_.job->steps.size(); ++i) {
      const CiStep& step = site_.job->steps[i];
      if (PersistsToken(step) && i < site_.step &&
          (found == nullptr || !IsOfOtherRepository(step))) {
        found = &step;
      }
      for (uint32_t c = step.first_command; c < step.end_command && c < site_.command; ++c) {
        if (TakesAway(commands[c])) found = nullptr;
      }
    }
    return found;
  }

  // Of the folder .git in the image; `path` is that of its config in the context.
  static std::string Place(const FileEvent& event, const std::string& path) {
    return std::string(ParentPath(PathInImage(event, path)));
  }

  static bool IsOfOtherRepository(const CiStep& step) { return !step.Input("repository").empty(); }

  void Describe(const CiStep& checkout, uint32_t event, const LayerSteps& steps,
                const std::string& path) const {
    const Source* workflow = &site_.document->source();
    const Value& token = checkout.Input("token");
    const Hole* secret = token.OnlyHole();
    const bool own = secret == nullptr || secret->name == "github.token" ||
                     secret->name == "secrets.GITHUB_TOKEN";
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.message = fmt::format(
        "{} takes {} into a layer of the image, with the token that actions/checkout{} keeps there "
        "for later git commands. {}",
        steps.event().source == "." ? "Copying the whole context" : "This", path,
        checkout.version.empty() ? "" : "@" + checkout.version,
        own ? "Until the job ends, whoever can pull the image can act with the job's permissions; "
              "the repository's history is in the image for good."
            : fmt::format(
                  "It is {}, which outlives the job: whoever can pull the image can use it.",
                  secret->name));
    finding.where = {&dockerfile_.source(), steps.event().span};
    finding.steps.push_back({{workflow, checkout.span}, "leaves the token in .git/config"});
    finding.steps.push_back({{workflow, site_.request.span}, "the image is built here"});
    for (Step& step : steps.Build("takes .git along, as " + Place(steps.event(), path))) {
      finding.steps.push_back(std::move(step));
    }
    const Document* ignore = context_.ignore_document();
    finding.help = fmt::format(
        "add `.git` to {}, and set `persist-credentials: false` where the job does not push",
        ignore != nullptr ? ignore->path() : JoinPath(context_.folder(), ".dockerignore"));
    finding.anchor = fmt::format("stage {}/COPY {} .git", steps.stage_label(),
                                 dockerfile_.image()->events[event].source);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Project& project_;
  const BuildSite& site_;
  const Report& report_;
  const Document& dockerfile_;
  const BuildContext context_;
};

void Check(const Rule& rule, const Project& project, const Report& report) {
  for (const BuildSite& site : project.build_sites()) {
    if (site.job == nullptr || site.dockerfile == nullptr || !site.local) continue;
    Checker(rule, project, site, report).Run();
  }
}

}  // namespace

extern const Rule kGitDirInImage = {
    .code = "OAK605",
    .name = "git-dir-in-image",
    .severity = Severity::kWarning,
    .summary = "The .git folder of a checkout reaches an image with its token.",
    .check_project = Check,
};

}  // namespace oakum
