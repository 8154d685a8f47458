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
#include "analyzer/model/file_transfer.h"
#include "analyzer/model/home_path.h"
#include "analyzer/model/written_text.h"

namespace oakum {
namespace {

// The words of a chmod.
struct Chmod {
  Span span;  // up to the mode
  std::string_view mode;
  std::vector<const Value*> files;
};

std::optional<Chmod> ChmodOf(const Command& command) {
  if (command.Program() != "chmod") return std::nullopt;
  Chmod chmod;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (!chmod.mode.empty()) {
      chmod.files.push_back(&word);
    } else if (!text.starts_with("--") && !(text.size() == 2 && text[0] == '-' &&
                                            std::string_view("Rvfc").find(text[1]) != text.npos)) {
      chmod.mode = text;
      chmod.span = Span::Cover(command.argv[0].ToSource(), word.ToSource());
      if (!command.span.Contains(chmod.span)) chmod.span = command.span;
    }
  }
  if (chmod.files.empty()) return std::nullopt;
  return chmod;
}

bool Closes(std::string_view mode) {
  const std::optional<uint32_t> bits = ApplyMode(mode, 0644);
  return bits && (*bits & 077) == 0;
}

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
        image_(*document.image(project)),
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
      finding.help = created.in_run ? "change the mode in the RUN that writes the file"
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

bool IsAbsolute(std::string_view path) {
  return path.starts_with('/') || path.starts_with("${HOME}/");
}

// What the command puts something into.
std::vector<const Value*> FilesOf(const Command& command, const std::vector<Command>& all,
                                  const std::vector<FileWrite>& writes) {
  std::vector<const Value*> files = OutputsOf(command, all);
  for (const FileWrite& write : writes) files.push_back(&write.path);
  if (const FileCopy copy = CopyOf(command); copy.target != nullptr) files.push_back(copy.target);
  return files;
}

// A script writes a credential file and tightens another of the same name.
void CheckScript(const Rule& rule, const Document& document, const Report& report) {
  const std::vector<Command>& commands = document.facts().commands;
  std::vector<std::pair<std::string, Span>> written;
  std::vector<std::pair<std::string, Chmod>> changed;
  for (const Command& command : commands) {
    if (command.host == CommandHost::kImageBuild || command.host == CommandHost::kDocument)
      continue;
    const std::vector<FileWrite> writes = WritesOf(command, commands);
    for (const Value* target : FilesOf(command, commands, writes)) {
      const std::string path = HomePath(*target);
      const std::optional<CredentialFile> file = CredentialFileAt(path);
      if (file && file->certain && IsAbsolute(path)) written.emplace_back(path, command.span);
    }
    const std::optional<Chmod> chmod = ChmodOf(command);
    if (!chmod || !Closes(chmod->mode)) continue;
    for (const Value* file : chmod->files) changed.emplace_back(HomePath(*file), *chmod);
  }
  auto is_changed = [&changed](const std::string& path) {
    return std::any_of(changed.begin(), changed.end(),
                       [&path](const auto& chmod) { return chmod.first == path; });
  };
  for (const auto& [path, chmod] : changed) {
    for (const auto& [file, span] : written) {
      // Whose home $HOME is, and whether it is the folder that a path spells out, is not known.
      const bool comparable = IsAbsolute(path) && path[0] == file[0];
      if (!comparable || path == file || BaseName(path) != BaseName(file) || is_changed(file)) {
        continue;
      }
      const bool both = std::any_of(written.begin(), written.end(),
                                    [&p = path](const auto& other) { return other.first == p; });
      if (both) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = Severity::kWarning;
      finding.message = fmt::format(
          "This chmod is for {}, but the file that is written is {}: its mode stays as it is.",
          path, file);
      finding.where = {&document.source(), chmod.span};
      finding.steps.push_back(
          {{&document.source(), span}, fmt::format("{} is written here", file)});
      finding.steps.push_back({finding.where, fmt::format("the chmod is for {}", path)});
      finding.help = fmt::format("name {}", file);
      finding.anchor = fmt::format("chmod {} for {}", path, file);
      report(std::move(finding));
      break;
    }
  }
}

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
  if (document.facts().image) ImageCheck(rule, project, document, report).Run();
  CheckScript(rule, document, report);
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
