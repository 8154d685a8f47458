#include "rules/ci/runner_secrets.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/one_of.h"
#include "analyzer/engine/ci_secret.h"
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
  Checker(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report) {}

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

 private:
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

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
};

}  // namespace

void CheckRunnerSecrets(const Rule& rule, const Document& document, const Report& report) {
  const Checker checker(rule, document, report);
  checker.RunnerFiles();
  checker.Names();
}

}  // namespace oakum
