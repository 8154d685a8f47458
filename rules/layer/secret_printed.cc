// OAK211: a secret, or a file that holds one, is printed to the log of a build or of a CI job.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/ci_secret.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/run_secret.h"
#include "rules/layer/image_secret.h"
#include "rules/layer/printed_script.h"

namespace oakum {
namespace {

bool HasIndexCredential(const Facts& facts) {
  return std::any_of(facts.uris.begin(), facts.uris.end(), [](const UriUse& use) {
    return use.role == UriRole::kIndex && !CredentialsIn(use.uri).empty();
  });
}

class Image {
 public:
  Image(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report), secrets_(project, document) {}

  void Run() {
    const bool index = HasIndexCredential(document_.facts());
    for (const ImageRun& run : secrets_.config().runs) {
      const std::vector<RunSecret> mounts = SecretsOf(run);
      const std::set<std::string, std::less<>> names = SecretNames(run, mounts);
      LogPlace place;
      place.log = "the build log";
      place.is_secret = [&](std::string_view name) { return names.count(name) > 0; };
      place.is_masked = [](std::string_view) { return false; };
      place.holds_secret = [&](const Value& word) {
        const std::string path = PathIn(run, word);
        return NamesCredentialFile(word) ||
               std::any_of(mounts.begin(), mounts.end(),
                           [&](const RunSecret& mount) { return mount.target == path; });
      };
      place.has_environment = !names.empty();
      place.has_index = index || std::any_of(mounts.begin(), mounts.end(), [](const auto& mount) {
                          return mount.target.ends_with("pip.conf");
                        });
      ReportPrinted(rule_, document_, run.commands, place, report_);
    }
  }

 private:
  // Variables of the RUN that hold a secret.
  std::set<std::string, std::less<>> SecretNames(const ImageRun& run,
                                                 const std::vector<RunSecret>& mounts) const {
    std::set<std::string, std::less<>> names;
    for (const ImageVariable& variable : secrets_.config().variables) {
      const bool seen = variable.stage != kNoIndex && variable.instruction < run.instruction &&
                        IsAncestor(variable.stage, run.stage);
      if (!seen || variable.kind == ImageVariable::Kind::kLabel) continue;
      const bool secret = variable.kind == ImageVariable::Kind::kArg
                              ? secrets_.IsSecretArg(variable)
                              : !secrets_.SecretArgsIn(variable).empty();
      if (secret) names.insert(variable.name);
    }
    for (const RunSecret& mount : mounts) {
      if (const std::optional<Value> env = mount.mount->Env()) names.insert(env->Describe());
    }
    return names;
  }

  bool IsAncestor(uint32_t stage, uint32_t of) const {
    const auto& stages = document_.facts().image->stages;
    for (uint32_t at = of; at != kNoIndex; at = stages[at].parent) {
      if (at == stage) return true;
    }
    return false;
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  ImageSecrets secrets_;
};

// A script that some CI job runs, or that lies where only CI looks.
bool RunsInCi(const Project& project, const Document& script) {
  const std::string path = "/" + script.path();
  for (const std::string_view folder :
       {"/ci/", "/.ci/", "/.github/", "/.gitlab/", "/.circleci/", "/.buildkite/", "/jenkins/"}) {
    if (path.find(folder) != path.npos) return true;
  }
  const std::string_view name = script.source().name();
  return std::any_of(
      project.documents().begin(), project.documents().end(), [name](const auto& document) {
        const auto& commands = document->facts().commands;
        return std::any_of(commands.begin(), commands.end(), [name](const Command& command) {
          return command.host == CommandHost::kCi &&
                 std::any_of(command.argv.begin(), command.argv.end(), [name](const Value& word) {
                   const std::string_view text = word.text();
                   return text == name ||
                          (text.ends_with(name) && text[text.size() - name.size() - 1] == '/');
                 });
        });
      });
}

// PASS counts tests more often than not.
bool MayBeSecret(std::string_view name) {
  return NamesSecret(name) && name != "PASS" && name != "pass";
}

LogPlace CiPlace(const Facts& facts) {
  LogPlace place;
  place.log = "the log of the CI job";
  place.is_secret = MayBeSecret;
  place.is_masked = [](std::string_view) { return false; };
  place.holds_secret = NamesCredentialFile;
  place.has_index = HasIndexCredential(facts);
  return place;
}

void CheckScript(const Rule& rule, const Project& project, const Document& document,
                 const Report& report) {
  if (!RunsInCi(project, document)) return;
  std::vector<uint32_t> commands(document.facts().commands.size());
  for (uint32_t i = 0; i < commands.size(); ++i) commands[i] = i;
  ReportPrinted(rule, document, commands, CiPlace(document.facts()), report);
}

// A variable that the job sets to a text says by the text what it is.
bool IsSecretVariable(const CiJob& job, const CiStep& step, std::string_view name) {
  const CiValue* value = job.Variable(step, name);
  if (!value || value->value.empty()) return MayBeSecret(name);
  if (value->value.HasHole(HoleOrigin::kCiSecret)) return true;
  if (!value->value.is_literal()) return MayBeSecret(name);
  return JudgeNamedSecret(name, value->value.text()) == NamedSecret::kSecret;
}

bool HasSecret(const std::vector<CiValue>& environment) {
  return std::any_of(environment.begin(), environment.end(), [](const CiValue& value) {
    return value.value.HasHole(HoleOrigin::kCiSecret);
  });
}

void CheckJob(const Rule& rule, const Document& document, const CiJob& job, const Report& report) {
  // GitHub hides what it knows; GitLab only variables that somebody has marked.
  const bool masks = document.path().find(".github/") != std::string::npos;
  for (uint32_t i = 0; i < job.steps.size(); ++i) {
    const CiStep& step = job.steps[i];
    LogPlace place = CiPlace(document.facts());
    place.masks = masks;
    place.is_secret = [&](std::string_view name) { return IsSecretVariable(job, step, name); };
    place.is_masked = [&](std::string_view name) {
      return masks && static_cast<bool>(CiSecretOf(name, &job, i));
    };
    place.has_environment = HasSecret(job.environment) || HasSecret(step.environment);
    std::vector<uint32_t> commands;
    for (uint32_t at = step.first_command; at < step.end_command; ++at) commands.push_back(at);
    ReportPrinted(rule, document, commands, place, report);
  }
}

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.facts().image_config) return Image(rule, project, document, report).Run();
  for (const CiJob& job : document.facts().ci_jobs) CheckJob(rule, document, job, report);
  if (document.language() == Language::kShell) CheckScript(rule, project, document, report);
}

}  // namespace

extern const Rule kSecretPrinted = {
    .code = "OAK211",
    .name = "secret-printed",
    .severity = Severity::kWarning,
    .summary = "A secret is printed to the log of a build or of a CI job.",
    .check_document = CheckDocument,
};

}  // namespace oakum
