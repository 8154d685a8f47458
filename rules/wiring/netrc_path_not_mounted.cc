// OAK504: NETRC names no file of the container.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "analyzer/model/netrc_variable.h"
#include "rules/wiring/netrc_place.h"

namespace oakum {

namespace {

using State = NetrcVariable::State;

constexpr std::string_view kConsequence =
    " requests (and so Ray and pip) then finds no netrc, goes out anonymous without a word, and "
    "does not fall back to ~/.netrc.";

Finding MakeFinding(const Rule& rule, const NetrcPlace& place, const KeysOfSource& keys,
                    const Project& project) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&place.document.source(), place.netrc.variable->value_span};
  DescribeNetrc(place, keys, finding);
  finding.message += kConsequence;
  finding.steps = NetrcSteps(place, project);
  finding.anchor =
      fmt::format("{}/{} {} NETRC", place.object.kind, place.object.name, ContainerName(place));
  if (const std::string path = SuggestedPath(place); !path.empty()) {
    finding.help = fmt::format("write `{}`", path);
    finding.fixes.push_back({"Name the mounted file", false, {{finding.where, path}}});
  }
  return finding;
}

// Whether a Dockerfile of the tree puts a file at this path: then the image has it, which is
// another rule's business.
bool InImage(const Project& project, const std::string& path) {
  for (const Document* document : project.Of(Language::kDockerfile)) {
    for (const FileEvent& event : document->image()->events) {
      if (event.action == FileAction::kCreate && event.in_layer && event.path == path) return true;
    }
  }
  return false;
}

// A file's name that is a folder because its mount lacks a subPath is OAK507's.
bool IsMountedAsFolder(const NetrcPlace& place) {
  const VolumeMount* mount = place.netrc.found.mount;
  const std::string_view name = BaseName(place.netrc.path);
  return mount != nullptr && !mount->has_sub_path &&
         CleanPath(mount->path.text()) == place.netrc.path &&
         (name == ".netrc" || name == "_netrc") && place.netrc.found.volume != nullptr &&
         !place.netrc.found.volume->sources.empty();
}

bool IsWrong(const NetrcPlace& place, const Project& project) {
  switch (place.netrc.state) {
    case State::kUnset:
    case State::kUnknown:
    case State::kPresent:
      return false;
    case State::kOutside:
      return !InImage(project, place.netrc.path);
    case State::kFolder:
      return !IsMountedAsFolder(place);
    default:
      return true;
  }
}

// NETRC in the chart's common.containerEnv: one finding for all the groups it fails in.
void CheckShared(const Rule& rule, const Project& project, const std::vector<NetrcPlace>& places,
                 const KeysOfSource& keys, const Report& report) {
  std::vector<std::string> groups;
  std::vector<Step> related;
  const NetrcPlace* first = nullptr;
  for (const NetrcPlace& place : places) {
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
                    groups.size() == 1 ? "group" : "groups", QuotedList(groups), kConsequence);
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
    std::vector<NetrcPlace> shared;
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        NetrcPlace place{document, object, pod, container, FindNetrc(object, pod, container, keys)};
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
