// OAK211: a secret, or a file that holds one, is printed to the log of a build or of a CI job.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/installer_expansion.h"
#include "analyzer/model/run_secret.h"
#include "rules/layer/image_secret.h"
#include "rules/layer/printed_job.h"
#include "rules/layer/printed_script.h"

namespace oakum {
namespace {

class Image {
 public:
  Image(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule),
        document_(document),
        report_(report),
        image_(*document.image()),
        secrets_(project, document) {
    const ImageCredentials credentials(project, document);
    for (uint32_t i = 0; i < image_.events.size(); ++i) {
      if (IsCredential(credentials, i)) files_.push_back(i);
    }
    const auto& variables = secrets_.config().variables;
    for (uint32_t i = 0; i < variables.size(); ++i) {
      if (variables[i].stage != kNoIndex && IsSecret(variables[i])) {
        variables_[variables[i].stage].push_back(i);
      }
    }
  }

  void Run() {
    const bool index = HasIndexCredential(document_.facts(), [](Span) { return true; });
    for (const ImageRun& run : secrets_.config().runs) {
      const std::vector<RunSecret> mounts = SecretsOf(run);
      const std::set<std::string, std::less<>> names = SecretNames(run, mounts);
      LogPlace place;
      place.log = "the build log";
      place.is_secret = [&](std::string_view name) { return names.count(name) > 0; };
      place.is_masked = [](std::string_view) { return false; };
      place.holds_secret = [&](const Value& word) {
        const std::string path = PathIn(run, word);
        return IsCredentialFile(word) ||
               std::any_of(mounts.begin(), mounts.end(),
                           [&](const RunSecret& mount) { return mount.target == path; }) ||
               HasFile(run, [&path](const FileEvent& file) { return file.path == path; });
      };
      place.reads_secret = [&mounts](std::string_view command) {
        return NamesCredentialFile(command) ||
               std::any_of(mounts.begin(), mounts.end(), [command](const RunSecret& mount) {
                 return !mount.target.empty() && command.find(mount.target) != command.npos;
               });
      };
      place.environment.assign(names.begin(), names.end());
      place.has_index = index ||
                        std::any_of(mounts.begin(), mounts.end(),
                                    [](const auto& mount) { return IsPipConfig(mount.target); }) ||
                        HasFile(run, [](const FileEvent& file) { return IsPipConfig(file.path); });
      ReportPrinted(rule_, document_, run.commands, place, report_);
    }
  }

 private:
  // A file with a credential, for its layer or for the rest of its RUN alone.
  bool IsCredential(const ImageCredentials& credentials, uint32_t creation) const {
    const FileEvent& event = image_.events[creation];
    if (event.action != FileAction::kCreate || event.folder) return false;
    if (credentials.At(creation)) return true;
    const std::optional<CredentialFile> file = CredentialFileAt(event.path);
    return event.origin == FileOrigin::kSecretMount || event.origin == FileOrigin::kSecretEnv ||
           (file && HoldsCredential(file->kind, image_.TextOf(creation)));
  }

  // Whether such a file is there when the RUN runs.
  template <typename Is>
  bool HasFile(const ImageRun& run, Is is) const {
    return std::any_of(files_.begin(), files_.end(), [&](uint32_t creation) {
      const FileEvent& event = image_.events[creation];
      const bool here = event.instruction == run.instruction;
      const bool before = event.instruction < run.instruction && event.in_layer;
      return (here || before) && IsAncestor(event.stage, run.stage) && is(event);
    });
  }

  bool IsSecret(const ImageVariable& variable) const {
    if (variable.kind == ImageVariable::Kind::kLabel) return false;
    return variable.kind == ImageVariable::Kind::kArg ? secrets_.IsSecretArg(variable)
                                                      : !secrets_.SecretArgsIn(variable).empty();
  }

  // Variables of the RUN that hold a secret.
  std::set<std::string, std::less<>> SecretNames(const ImageRun& run,
                                                 const std::vector<RunSecret>& mounts) const {
    std::set<std::string, std::less<>> names;
    for (uint32_t at = run.stage; at != kNoIndex; at = image_.stages[at].parent) {
      const auto own = variables_.find(at);
      if (own == variables_.end()) continue;
      for (const uint32_t index : own->second) {
        const ImageVariable& variable = secrets_.variable(index);
        if (variable.instruction < run.instruction) names.insert(variable.name);
      }
    }
    for (const RunSecret& mount : mounts) {
      if (const std::optional<Value> env = mount.mount->Env()) names.insert(env->Describe());
    }
    return names;
  }

  bool IsAncestor(uint32_t stage, uint32_t of) const {
    for (uint32_t at = of; at != kNoIndex; at = image_.stages[at].parent) {
      if (at == stage) return true;
    }
    return false;
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  const ImageBuild& image_;
  ImageSecrets secrets_;
  std::vector<uint32_t> files_;                          // creations of files with a credential
  std::map<uint32_t, std::vector<uint32_t>> variables_;  // with a secret, by stage
};

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.image_config()) return Image(rule, project, document, report).Run();
  ReportPrintedInJobs(rule, document, report);
  if (document.language() == Language::kShell) {
    ReportPrintedInScript(rule, project, document, report);
  }
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
