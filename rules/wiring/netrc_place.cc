#include "rules/wiring/netrc_place.h"

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/secret_keys.h"

namespace oakum {

namespace {

using State = NetrcVariable::State;

}  // namespace

std::string QuotedList(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

std::string ContainerName(const NetrcPlace& place) {
  if (!place.container.name.empty()) return fmt::format("container `{}`", place.container.name);
  if (place.object.chart_values) return fmt::format("group `{}`", place.pod.group);
  return "this container";
}

std::string SuggestedPath(const NetrcPlace& place) {
  const std::vector<std::string>& candidates = place.netrc.candidates;
  if (place.netrc.state == State::kBelowFile)
    return CleanPath(place.netrc.found.mount->path.text());
  if (place.netrc.state == State::kEmptySubPath) return "";
  return candidates.size() == 1 && candidates[0] != place.netrc.path ? candidates[0] : "";
}

void DescribeNetrc(const NetrcPlace& place, const KeysOfSource& keys, Finding& finding) {
  const NetrcVariable& netrc = place.netrc;
  const VolumeMount* mount = netrc.found.mount;
  const std::string point = mount == nullptr ? "" : CleanPath(mount->path.text());
  std::vector<std::string> files;
  if (netrc.found.volume != nullptr) {
    files = FilesOf(*netrc.found.volume, keys).value_or(files);
  }
  switch (netrc.state) {
    case State::kEmpty:
      finding.message = "NETRC is set to nothing, which names no file.";
      finding.label = "empty";
      finding.help = "write the path of the mounted netrc, or leave NETRC out";
      break;
    case State::kShellReference:
      finding.message = fmt::format(
          "NETRC holds `{}`, which stays as it is: of a value Kubernetes fills in `$(NAME)` alone, "
          "from items above it, from envFrom and from the variables of services.",
          netrc.path);
      finding.label = "not expanded";
      finding.help = "write the path out";
      break;
    case State::kFolder:
      finding.message = fmt::format("NETRC names the folder `{}`, not a file in it.", netrc.path);
      finding.label = "a folder";
      finding.help = netrc.path == point
                         ? "write the mountPath and the Secret's key: " + JoinPath(point, ".netrc")
                         : "name the file itself";
      break;
    case State::kNoSuchFile:
      finding.message = fmt::format("NETRC names `{}`, but the volume at `{}` holds {}.",
                                    netrc.path, point, QuotedList(files));
      finding.label = "no such file in the volume";
      finding.help = "name a file of the volume, or give its key this name under `items`";
      break;
    case State::kBelowFile:
      finding.message =
          fmt::format("NETRC names `{}`, but `{}` is itself a file, mounted through subPath.",
                      netrc.path, point);
      finding.label = "below a file";
      break;
    case State::kEmptySubPath:
      finding.message = fmt::format(
          "NETRC names `{}`, but `subPath: {}` is no file of the volume, and the kubelet mounts an "
          "empty folder.",
          netrc.path, mount->sub_path.text());
      finding.label = "an empty folder";
      finding.help = "write a file of the volume as subPath: " + QuotedList(files);
      break;
    default:
      finding.message = fmt::format("NETRC names `{}`, where {} mounts no volume.", netrc.path,
                                    ContainerName(place));
      finding.label = "under no mountPath";
      finding.help = "mount the Secret that holds the netrc, and name its key below the mountPath";
  }
}

std::vector<Step> NetrcSteps(const NetrcPlace& place, const Project& project) {
  std::vector<Step> steps;
  const Source* source = &place.document.source();
  const ContainerPath& found = place.netrc.found;
  if (found.volume != nullptr && place.netrc.state != State::kFolder) {
    for (const VolumeSource& from : found.volume->sources) {
      for (const VolumeItem& item : from.items) {
        steps.push_back({{source, item.path.ToSource()}, "the file's name in the volume"});
      }
      if (from.has_items) continue;
      const bool config_map = from.kind == VolumeSource::Kind::kConfigMap;
      for (const KeyedSourceAt& at : DefinitionsOf(project, from.name, config_map)) {
        for (const SourceKey& key : at.source.keys) {
          steps.push_back({{&at.document->source(), key.span}, "the key, and so the file's name"});
        }
      }
    }
  }
  if (found.mount != nullptr) {
    steps.push_back({{source, found.mount->path_span}, "the volume is mounted here"});
  }
  return steps;
}

}  // namespace oakum
