// OAK512: a volumeMount names a volume that its pod template does not have.

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

// Volumes that KubeRay puts into the pods it makes.
bool IsInjected(const KubernetesObject& object, std::string_view volume) {
  constexpr std::string_view kNames[] = {"gcs-storage", "ray-logs", "ray-tls", "ray-token",
                                         "shared-mem"};
  return object.IsRay() &&
         std::find(std::begin(kNames), std::end(kNames), volume) != std::end(kNames);
}

// Volumes that stand at a wrong place are OAK508's finding.
bool HasMisplacedVolumes(const KubernetesObject& object) {
  return std::any_of(object.misplaced.begin(), object.misplaced.end(),
                     [](const MisplacedKey& key) { return key.name == "volumes"; });
}

std::string Consequence(const KubernetesObject& object) {
  if (object.IsRay()) {
    return "The API server rejects every Pod that KubeRay makes of this template: the cluster "
           "object is there, and the pod never comes.";
  }
  return "The API server rejects the object.";
}

void Suggest(const KubernetesObject& object, const PodTemplate& pod, const VolumeMount& mount,
             const Document& document, Finding& finding) {
  std::set<std::string> unused;
  for (const Volume& volume : pod.volumes) {
    if (!volume.name.empty()) unused.insert(volume.name);
  }
  for (const Container& container : pod.containers) {
    for (const VolumeMount& other : container.mounts) unused.erase(other.volume);
  }
  if (unused.size() == 1) {
    finding.help = fmt::format("write `{}`, the volume that no container mounts", *unused.begin());
    finding.fixes.push_back(
        {fmt::format("Mount `{}`", *unused.begin()), false, {{finding.where, *unused.begin()}}});
    return;
  }
  finding.help =
      fmt::format("add a volume `{}` to the `volumes` of {}", mount.volume, PodName(object, pod));
  for (const PodTemplate& other : object.pods) {
    const Volume* volume = other.FindVolume(mount.volume);
    if (volume == nullptr || &other == &pod) continue;
    finding.related.push_back({{&document.source(), volume->name_span},
                               fmt::format("{} has one of this name", PodName(object, other))});
  }
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // an alias brings one mount into several pods
  for (const KubernetesObject& object : document.facts().kubernetes) {
    if (!object.IsKnownKind() || HasMisplacedVolumes(object)) continue;
    for (const PodTemplate& pod : object.pods) {
      if (IsPartial(object, pod)) continue;
      for (const Container& container : pod.containers) {
        for (const VolumeMount& mount : container.mounts) {
          if (mount.volume.empty() || pod.FindVolume(mount.volume) != nullptr) continue;
          if (IsInjected(object, mount.volume)) continue;
          if (!reported.insert(mount.volume_span).second) continue;
          Finding finding;
          finding.rule = &rule;
          finding.severity = rule.severity;
          finding.where = {&document.source(), mount.volume_span};
          finding.message = fmt::format("{} mounts a volume `{}` that {} does not have. {}",
                                        Capitalized(ContainerName(object, pod, container)),
                                        mount.volume, PodName(object, pod), Consequence(object));
          finding.label = "no such volume";
          finding.anchor =
              fmt::format("{} {} mount {}", ObjectName(object), pod.group, mount.volume);
          Suggest(object, pod, mount, document, finding);
          report(std::move(finding));
        }
      }
    }
  }
}

}  // namespace

extern const Rule kUnresolvedVolume = {
    .code = "OAK512",
    .name = "unresolved-volume",
    .severity = Severity::kError,
    .summary = "A volumeMount names a volume that its pod template does not have.",
    .check_document = Check,
};

}  // namespace oakum
