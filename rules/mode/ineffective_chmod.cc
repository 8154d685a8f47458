// OAK303: a chmod that does not do what was meant: of another path, in a later layer, on a mount
// that is read-only.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "analyzer/model/container_path.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/file_mode.h"
#include "rules/mode/chmod_elsewhere.h"
#include "rules/mode/chmod_words.h"

namespace oakum {
namespace {

// The chmod of a RUN that an event was made from: the command up to the mode.
Span PlaceOf(const Document& document, const FileEvent& event) {
  for (const Command& command : document.facts().commands) {
    if (!event.span.Contains(command.span)) continue;
    if (const std::optional<Chmod> chmod = ChmodOf(command)) return chmod->span;
  }
  return event.span;
}

class ImageCheck {
 public:
  ImageCheck(const Rule& rule, const Project& project, const Document& document,
             const Report& report)
      : rule_(rule),
        document_(document),
        image_(*document.image()),
        credentials_(project, document),
        report_(report) {}

  void Run() const {
    for (const FileEvent& event : image_.events) {
      const bool mode = event.action == FileAction::kMode && event.script.empty();
      if (!mode || !Closes(event.mode_text) || event.path.find("${") != std::string::npos) continue;
      if (event.about.empty()) {
        OtherPath(event);
      } else {
        LaterLayer(event);
      }
    }
  }

 private:
  Finding NewFinding(const FileEvent& chmod, Severity severity) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = severity;
    finding.where = {&document_.source(), PlaceOf(document_, chmod)};
    return finding;
  }

  bool IsVisible(const FileEvent& created, uint32_t stage) const {
    while (stage != kNoIndex && stage != created.stage) stage = image_.stages[stage].parent;
    return stage == created.stage;
  }

  bool IsChanged(uint32_t creation) const {
    const std::vector<uint32_t> later = image_.Later(creation);
    return std::any_of(later.begin(), later.end(), [this](uint32_t index) {
      return image_.events[index].action == FileAction::kMode;
    });
  }

  // Nothing is known at this path, and the credential of the same name keeps its mode.
  void OtherPath(const FileEvent& chmod) const {
    if (!CredentialFileAt(chmod.path)) return;
    for (uint32_t i = 0; i < image_.events.size() && &image_.events[i] != &chmod; ++i) {
      const FileEvent& created = image_.events[i];
      if (created.action != FileAction::kCreate || created.path == chmod.path ||
          BaseName(created.path) != BaseName(chmod.path) || !IsVisible(created, chmod.stage) ||
          IsChanged(i) || !credentials_.At(i)) {
        continue;
      }
      Finding finding = NewFinding(chmod, Severity::kWarning);
      finding.message = fmt::format(
          "This chmod is for {}, but the file is {}: its mode stays as it is, and the chmod fails "
          "if there is no such file.",
          chmod.path, created.path);
      finding.steps.push_back(
          {{&document_.source(), created.span}, fmt::format("the file is {}", created.path)});
      finding.steps.push_back({finding.where, fmt::format("the chmod is for {}", chmod.path)});
      finding.help = fmt::format("name {}", created.path);
      finding.anchor = fmt::format("chmod {} for {}", chmod.path, created.path);
      report_(std::move(finding));
      return;
    }
  }

  void LaterLayer(const FileEvent& chmod) const {
    for (const uint32_t creation : chmod.about) {
      const FileEvent& created = image_.events[creation];
      if (created.instruction == chmod.instruction || !credentials_.At(creation)) continue;
      if (created.mode && (*created.mode & 077) == 0) continue;
      Finding finding = NewFinding(chmod, Severity::kNote);
      finding.message = fmt::format(
          "This chmod comes a layer too late: the layer that creates {} keeps it with the mode it "
          "had, and a second copy of it goes into this one.",
          created.path);
      finding.steps.push_back(
          {{&document_.source(), created.span}, "this layer keeps the file as it is created"});
      finding.steps.push_back({finding.where, "its mode changes in a layer above"});
      finding.help = created.in_run              ? "change the mode in the RUN that writes the file"
                     : created.along != kNoIndex ? "keep the file out of the build context"
                                                 : "write --chmod=600 at the COPY";
      finding.anchor = fmt::format("late chmod {}", created.path);
      report_(std::move(finding));
      return;
    }
  }

  const Rule& rule_;
  const Document& document_;
  const ImageBuild& image_;
  const ImageCredentials credentials_;
  const Report& report_;
};

// What makes a mount read-only, or null.
const char* ReadOnlyBecause(const ContainerPath& at) {
  if (!at.mount) return nullptr;
  if (at.volume) {
    switch (at.volume->kind) {
      case Volume::Kind::kSecret:
        return "a Secret volume, which the kubelet mounts read-only";
      case Volume::Kind::kConfigMap:
        return "a ConfigMap volume, which the kubelet mounts read-only";
      case Volume::Kind::kProjected:
        return "a projected volume, which the kubelet mounts read-only";
      case Volume::Kind::kDownwardApi:
        return "a downward API volume, which the kubelet mounts read-only";
      default:
        break;
    }
  }
  return at.mount->read_only ? "a mount with readOnly: true" : nullptr;
}

void CheckContainer(const Rule& rule, const Document& document, const PodTemplate& pod,
                    const Container& container, const KeysOfSource& keys, const Report& report) {
  for (const Command& command : document.facts().commands) {
    const bool own = std::any_of(
        container.commands.begin(), container.commands.end(),
        [&command](const ContainerCommand& c) { return c.span.Contains(command.span); });
    const std::optional<Chmod> chmod = own ? ChmodOf(command) : std::nullopt;
    if (!chmod) continue;
    for (const Value* file : chmod->files) {
      const std::string path = CleanPath(file->Describe());
      if (!path.starts_with('/') || path.find("${") != std::string::npos) continue;
      const ContainerPath at = ResolvePath(pod, container, path, keys);
      const char* because = ReadOnlyBecause(at);
      if (!because) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = Severity::kWarning;
      finding.message = fmt::format(
          "{} is on {}: chmod fails there with \"Read-only file system\" and changes nothing. "
          "Under "
          "`set -e` or `&&` the container does not get further.",
          path, because);
      finding.where = {&document.source(), chmod->span};
      finding.steps.push_back({{&document.source(), at.mount->span}, "the volume is mounted here"});
      finding.steps.push_back({finding.where, "the chmod runs in the container"});
      finding.help =
          "set the mode where the volume is declared (defaultMode or mode, with fsGroup for a user "
          "who is not root), or copy the file to an emptyDir first";
      finding.anchor = fmt::format("chmod {} in {}", path, container.name);
      report(std::move(finding));
      break;
    }
  }
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  if (document.image()) ImageCheck(rule, project, document, report).Run();
  ReportChmodElsewhere(rule, project, document, report);
  const KeysOfSource keys = KeysIn(project);
  for (const KubernetesObject& object : document.facts().kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        CheckContainer(rule, document, pod, container, keys, report);
      }
    }
  }
}

}  // namespace

extern const Rule kIneffectiveChmod = {
    .code = "OAK303",
    .name = "ineffective-chmod",
    .severity = Severity::kWarning,
    .summary = "A chmod does not give the credential file the mode that was meant.",
    .check_document = Check,
};

}  // namespace oakum
