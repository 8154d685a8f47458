// OAK203: the content of a secret mount is copied to a path that stays in the layer of the RUN.

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

bool IsPersistedSecret(const FileEvent& event) {
  if (event.action != FileAction::kCreate || !event.in_run || !event.in_layer ||
      IsPublicFile(event.path) || !event.tool.empty()) {
    return false;
  }
  // A credential file that is written with a secret variable is OAK202's.
  return event.origin == FileOrigin::kSecretMount ||
         (event.origin == FileOrigin::kSecretEnv && !CredentialFileAt(event.path));
}

std::string Message(const LayerSteps& steps) {
  const FileEvent& event = steps.event();
  std::string message =
      fmt::format("The content of secret {} is copied to {}", event.source, event.path);
  if (event.onbuild) {
    message += " and stays in a layer of every image that is built FROM this one.";
  } else if (steps.in_image()) {
    message += " and stays in the layer of this RUN.";
  } else {
    message += steps.BuilderSentence("and stays in");
  }
  if (steps.in_image()) {
    message +=
        " The mount leaves nothing behind, the copy does: whoever can pull the image can read it.";
  }
  return message + steps.RemovalSentence();
}

std::string Help(const FileEvent& event) {
  if (event.origin == FileOrigin::kSecretEnv) {
    return "hand the variable to the program that needs it, or remove the file in the same RUN on "
           "every way through it";
  }
  if (event.path.find("${") != std::string::npos) {
    return "mount the secret where the program looks for it (target=) and drop the copy";
  }
  return fmt::format(
      "mount the secret where it is read and drop the copy: RUN "
      "--mount=type=secret,id={},target={}",
      event.source, event.path);
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image) return;
  std::set<std::pair<uint32_t, std::string>> reported;  // files that several commands write to
  for (uint32_t i = 0; i < image->events.size(); ++i) {
    const FileEvent& event = image->events[i];
    if (!IsPersistedSecret(event)) continue;
    if (!reported.emplace(event.instruction, event.path).second) continue;
    const LayerSteps steps(project, document, i);
    Finding finding;
    finding.rule = &rule;
    finding.severity = !steps.exposed() ? Severity::kWarning : Severity::kError;
    finding.message = Message(steps);
    finding.where = steps.where();
    finding.steps = steps.Build(fmt::format("its content goes to {} here", event.path));
    finding.steps.insert(finding.steps.begin(), Step{{&document.source(), event.origin_span},
                                                     "the secret is mounted for this RUN alone"});
    finding.help = Help(event);
    finding.anchor =
        fmt::format("stage {}/RUN {} {}", steps.stage_label(), event.source, event.path);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kSecretMountPersisted = {
    .code = "OAK203",
    .name = "secret-mount-persisted",
    .severity = Severity::kError,
    .summary = "The content of a secret mount is copied into an image layer.",
    .check_document = Check,
};

}  // namespace oakum
