// OAK211: a secret, or a file that holds one, is printed to the log of a build or of a CI job.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/credential/named_secret.h"
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

LogPlace CiPlace(const Facts& facts) {
  LogPlace place;
  place.log = "the log of the CI job";
  place.is_secret = [](std::string_view name) { return NamesSecret(name); };
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

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.facts().image_config) return Image(rule, project, document, report).Run();
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
