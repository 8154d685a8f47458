// OAK210: ENV NETRC of an image points into a layer, or at nothing.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/run_time_files.h"
#include "rules/layer/image_secret.h"

namespace oakum {
namespace {

bool IsBelow(std::string_view path, std::string_view folder) {
  return folder == "/" ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule),
        project_(project),
        document_(document),
        image_(*document.image()),
        config_(*document.image_config()),
        secrets_(project, document),
        report_(report) {}

  void Run() {
    const auto& variables = config_.variables;
    for (uint32_t i = 0; i < variables.size(); ++i) {
      const ImageVariable& variable = variables[i];
      const bool netrc = variable.kind == ImageVariable::Kind::kEnv && variable.name == "NETRC";
      if (netrc && variable.stage != kNoIndex && !IsReplaced(i)) Netrc(variable);
    }
  }

 private:
  // A later NETRC of the stage, or of one built FROM it that becomes the image, is what counts.
  bool IsReplaced(uint32_t index) const {
    const ImageVariable& variable = config_.variables[index];
    for (uint32_t i = index + 1; i < config_.variables.size(); ++i) {
      const ImageVariable& other = config_.variables[i];
      if (other.kind != variable.kind || other.name != variable.name) continue;
      if (other.stage == variable.stage) return true;
      if (secrets_.InImage(variable.stage) && secrets_.InImage(other.stage)) return true;
    }
    return false;
  }

  void Netrc(const ImageVariable& variable) {
    const std::optional<std::string> path = PathOf(variable);
    if (!path) return;
    const FileEvent* file = FileAt(*path, variable.stage);
    const bool in_image = secrets_.InImage(variable.stage);
    // A builder stage has the variable for its own mounts.
    if (!file && (!in_image || variable.onbuild || IsGivenAtRunTime(project_, document_, *path)))
      return;
    Finding finding;
    finding.rule = &rule_;
    const bool certain = file && (!file->folder || InTree(*file, *path));
    finding.severity = secrets_.Reached(certain ? Severity::kError : Severity::kWarning, variable);
    finding.where = {&document_.source(), variable.span};
    finding.message = file ? InLayer(*path, *file, certain) : Dangling(*path);
    if (file) {
      finding.steps = {{{&document_.source(), file->span}, "the file enters a layer here"},
                       {finding.where, "NETRC says where it is"}};
      finding.help =
          "mount the netrc for the RUN that needs it, and set the variable there alone: RUN "
          "--mount=type=secret,id=netrc NETRC=/run/secrets/netrc ...";
    } else {
      if (const ImageRun* run = MountAt(*path)) {
        finding.steps = {{{&document_.source(), run->span}, "the file is there for this RUN alone"},
                         {finding.where, "NETRC is set for good"}};
      }
      finding.help =
          "set it for the RUN that has the file mounted (`RUN --mount=... NETRC=PATH command`), "
          "and mount the file at run time where programs need it";
    }
    finding.anchor = fmt::format("stage {}/ENV NETRC", secrets_.StageLabel(variable.stage));
    report_(std::move(finding));
  }

  // The path with variables of known value filled in; none if some of it is not known.
  std::optional<std::string> PathOf(const ImageVariable& variable) const {
    std::string path;
    for (uint32_t i = 0; i < variable.value.size(); ++i) {
      const Hole* hole = variable.value.HoleAt(i);
      if (!hole) {
        path += variable.value.text()[i];
        continue;
      }
      const ImageVariable* source = nullptr;
      for (const uint32_t index : variable.sources) {
        if (config_.variables[index].name == hole->name) source = &config_.variables[index];
      }
      // Without a definition the builder fills in nothing.
      if (source && !source->value.is_literal()) return std::nullopt;
      if (source) path += source->value.text();
    }
    if (path.starts_with("~/") && UserIsRoot(variable.stage)) path.replace(0, 1, "/root");
    if (path.empty() || path[0] != '/') return std::nullopt;
    return CleanPath(path);
  }

  bool UserIsRoot(uint32_t stage) const {
    const std::string& user = image_.stages[stage].user;
    return user.empty() || user == "root" || user == "0";
  }

  // What brings the path into a layer of the stage or of one it is built FROM: the file, or else a
  // folder that it may be in.
  const FileEvent* FileAt(std::string_view path, uint32_t stage) const {
    const FileEvent* folder = nullptr;
    for (const FileEvent& event : image_.events) {
      if (event.action != FileAction::kCreate || !event.in_layer || !IsIn(event, stage)) continue;
      if (event.path == path) return &event;
      const bool above = event.folder && !event.in_run && IsBelow(path, event.path);
      if (above && event.origin == FileOrigin::kContext && InTree(event, path)) folder = &event;
    }
    return folder;
  }

  // Of the stage itself, of those it is built FROM, and of those that the image is built from.
  bool IsIn(const FileEvent& event, uint32_t stage) const {
    for (uint32_t at = stage; at != kNoIndex; at = image_.stages[at].parent) {
      if (at == event.stage) return true;
    }
    return secrets_.InImage(stage) && secrets_.InImage(event.stage);
  }

  // Whether the copied folder has the file in the tree.
  bool InTree(const FileEvent& event, std::string_view path) const {
    if (!event.folder) return true;
    const std::string_view below = path.substr(event.path == "/" ? 1 : event.path.size() + 1);
    std::string_view folder = ParentPath(document_.path());
    for (;; folder = ParentPath(folder)) {
      const std::string context = JoinPath(folder, event.source);
      if (project_.Exists(CleanPath(JoinPath(context, below)))) return true;
      if (folder.empty() || folder == "/") return false;
    }
  }

  const ImageRun* MountAt(std::string_view path) const {
    for (const ImageRun& run : config_.runs) {
      for (const DockerMount& mount : run.mounts) {
        const std::optional<Value> target = mount.Target();
        if (target && CleanPath(target->Describe()) == path) return &run;
      }
    }
    return nullptr;
  }

  static std::string InLayer(std::string_view path, const FileEvent& file, bool certain) {
    return fmt::format(
        "NETRC names {}, which {}{}. The image carries the credentials, and its configuration "
        "tells "
        "every reader where they are.",
        path, certain ? "is in a layer of this image" : "may be in a layer of this image",
        file.in_run ? ": a RUN writes it" : "");
  }

  std::string Dangling(std::string_view path) const {
    return fmt::format(
        "NETRC names {}, which {}. A program that finds NETRC set does not look at ~/.netrc any "
        "more: pip, requests and Ray go without credentials in every container of this image.",
        path,
        MountAt(path) ? "is there while a RUN mounts it and at no other time"
                      : "nothing puts there");
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const ImageBuild& image_;
  const ImageConfig& config_;
  ImageSecrets secrets_;
  const Report& report_;
};

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.image_config()) Check(rule, project, document, report).Run();
}

}  // namespace

extern const Rule kNetrcVariableInImage = {
    .code = "OAK210",
    .name = "netrc-variable-in-image",
    .severity = Severity::kError,
    .summary = "ENV NETRC points into a layer of the image, or at a file that is not there.",
    .check_document = CheckDocument,
};

}  // namespace oakum
