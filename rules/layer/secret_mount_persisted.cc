// OAK203: the content of a secret mount is copied to a path that stays in the layer of the RUN.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_file.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

// The bytes are those of a file that another instruction has left in a layer: one cause.
bool IsCopyOfLayer(const ImageBuild& image, uint32_t creation) {
  const uint32_t origin = image.Origin(creation);
  return image.events[origin].in_layer &&
         image.events[origin].instruction != image.events[creation].instruction;
}

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

// A credential file where the programs that know its name look for it.
bool IsReadPlace(std::string_view path, const std::optional<CredentialFile>& file) {
  if (!file || path.find("${") != path.npos) return false;
  const CredentialFileKind kind = file->kind;
  if (kind == CredentialFileKind::kDotenv || kind == CredentialFileKind::kNpmrc) return true;
  return path.starts_with("/root/") || path.starts_with("/home/") || path.starts_with("/etc/");
}

// The secret is a part of what is written, or was changed: a password that a netrc is made of.
bool IsPartOfText(const FileEvent& event) {
  const Value text = event.content.Trimmed();
  const Hole* whole = text.OnlyHole();
  return whole ? whole->origin != HoleOrigin::kCommand : !text.empty();
}

std::string Help(const LayerSteps& steps) {
  const FileEvent& event = steps.event();
  const std::optional<CredentialFile> file = CredentialFileAt(event.path);
  if (event.origin == FileOrigin::kSecretEnv) {
    return "hand the variable to the program that needs it, or remove the file in the same RUN on "
           "every way through it";
  }
  if (!IsReadPlace(event.path, file)) {
    return "drop the copy: what the RUN starts can read the secret where it is mounted, or mount "
           "it "
           "where the program looks for it (target=)";
  }
  if (IsPartOfText(event)) {
    return fmt::format(
        "make the whole {} the secret and mount that (RUN --mount=type=secret,id=ID,target={}{}), "
        "or remove {} in the same RUN",
        file->description, event.path, steps.MountOwner(event.path), event.path);
  }
  return fmt::format(
      "mount the secret where it is read and drop the copy: RUN "
      "--mount=type=secret,id={},target={}{}",
      event.source, event.path, steps.MountOwner(event.path));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image) return;
  std::set<std::pair<uint32_t, std::string>> reported;  // files that several commands write to
  for (uint32_t i = 0; i < image->events.size(); ++i) {
    const FileEvent& event = image->events[i];
    if (!IsPersistedSecret(event) || IsCopyOfLayer(*image, i)) continue;
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
    finding.help = Help(steps);
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
