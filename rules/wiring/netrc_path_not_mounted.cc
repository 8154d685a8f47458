// OAK504: NETRC names no file of the container.

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "analyzer/model/netrc_variable.h"

namespace oakum {

namespace {

using State = NetrcVariable::State;

constexpr std::string_view kConsequence =
    " requests (and so Ray and pip) then finds no netrc, goes out anonymous without a word, and "
    "does "
    "not fall back to ~/.netrc.";

// One NETRC of one container, and where it leads.
struct Place {
  const Document& document;
  const KubernetesObject& object;
  const PodTemplate& pod;
  const Container& container;
  NetrcVariable netrc;
};

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

std::string ContainerName(const Place& place) {
  if (!place.container.name.empty()) return fmt::format("container `{}`", place.container.name);
  if (place.object.chart_values) return fmt::format("group `{}`", place.pod.group);
  return "this container";
}

// The path to write instead, if there is just one.
std::string Suggestion(const Place& place) {
  const std::vector<std::string>& candidates = place.netrc.candidates;
  if (place.netrc.state == State::kBelowFile)
    return CleanPath(place.netrc.found.mount->path.text());
  if (place.netrc.state == State::kEmptySubPath) return "";
  return candidates.size() == 1 && candidates[0] != place.netrc.path ? candidates[0] : "";
}

// Message, label and help; the help is what to write when there is no Suggestion().
void Describe(const Place& place, const KeysOfSource& keys, Finding& finding) {
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
          "NETRC holds `{}`, which stays as it is: Kubernetes fills in `$(NAME)` from items above "
          "it "
          "and nothing else.",
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
                                    netrc.path, point, Join(files));
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
      finding.help = "write a file of the volume as subPath: " + Join(files);
      break;
    default:
      finding.message = fmt::format("NETRC names `{}`, where {} mounts no volume.", netrc.path,
                                    ContainerName(place));
      finding.label = "under no mountPath";
      finding.help = "mount the Secret that holds the netrc, and name its key below the mountPath";
  }
}

// Where the volume's files get their names, and where it is mounted.
std::vector<Step> StepsOf(const Place& place, const Project& project) {
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

Finding MakeFinding(const Rule& rule, const Place& place, const KeysOfSource& keys,
                    const Project& project) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&place.document.source(), place.netrc.variable->value_span};
  Describe(place, keys, finding);
  finding.message += kConsequence;
  finding.steps = StepsOf(place, project);
  finding.anchor =
      fmt::format("{}/{} {} NETRC", place.object.kind, place.object.name, ContainerName(place));
  if (const std::string path = Suggestion(place); !path.empty()) {
    finding.help = fmt::format("write `{}`", path);
    finding.fixes.push_back({"Name the mounted file", false, {{finding.where, path}}});
  }
  return finding;
}

// Whether a Dockerfile of the tree puts a file at this path: then the image has it, which is
// another rule's business.
bool InImage(const Project& project, const std::string& path) {
  for (const Document* document : project.Of(Language::kDockerfile)) {
    const auto& image = document->facts().image;
    if (image == nullptr) continue;
    for (const FileEvent& event : image->events) {
      if (event.action == FileAction::kCreate && event.in_layer && event.path == path) return true;
    }
  }
  return false;
}

bool IsWrong(const Place& place, const Project& project) {
  switch (place.netrc.state) {
    case State::kUnset:
    case State::kUnknown:
    case State::kPresent:
      return false;
    case State::kOutside:
      return !InImage(project, place.netrc.path);
    default:
      return true;
  }
}

// NETRC in the chart's common.containerEnv: one finding for all the groups it fails in.
void CheckShared(const Rule& rule, const Project& project, const std::vector<Place>& places,
                 const KeysOfSource& keys, const Report& report) {
  std::vector<std::string> groups;
  std::vector<Step> related;
  const Place* first = nullptr;
  for (const Place& place : places) {
    if (!IsWrong(place, project)) continue;
    if (first == nullptr) first = &place;
    groups.push_back(place.pod.group);
    related.push_back({{&place.document.source(), place.pod.group_span},
                       place.pod.implied ? "the chart adds a worker group without the file"
                                         : "a group without the file"});
  }
  if (first == nullptr) return;
  Finding finding = MakeFinding(rule, *first, keys, project);
  if (groups.size() < places.size()) {
    finding.message =
        fmt::format("NETRC is set in every group, but not there for {} {}.{}",
                    groups.size() == 1 ? "group" : "groups", Join(groups), kConsequence);
    finding.label = "not a file in every group";
    finding.help =
        "`common` has no volumes: give every group the `volumes` and `volumeMounts` of the netrc";
    finding.fixes.clear();
    finding.steps.clear();
  }
  finding.related = std::move(related);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const KeysOfSource keys = KeysIn(project);
  std::set<Span> reported;  // an alias brings one item into several pods
  for (const KubernetesObject& object : document.facts().kubernetes) {
    std::vector<Place> shared;
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        Place place{document, object, pod, container, FindNetrc(object, pod, container, keys)};
        if (place.netrc.state == State::kUnset) continue;
        if (place.netrc.variable->shared) {
          shared.push_back(std::move(place));
        } else if (IsWrong(place, project) &&
                   reported.insert(place.netrc.variable->value_span).second) {
          report(MakeFinding(rule, place, keys, project));
        }
      }
    }
    CheckShared(rule, project, shared, keys, report);
  }
}

}  // namespace

extern const Rule kNetrcPathNotMounted = {
    .code = "OAK504",
    .name = "netrc-path-not-mounted",
    .severity = Severity::kError,
    .summary = "NETRC names no file of the container.",
    .check_document = Check,
};

}  // namespace oakum
