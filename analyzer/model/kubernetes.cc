#include "analyzer/model/kubernetes.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace oakum {

const Volume* PodTemplate::FindVolume(std::string_view wanted) const {
  for (const Volume& volume : volumes) {
    if (volume.name == wanted && !wanted.empty()) return &volume;
  }
  return nullptr;
}

bool KubernetesObject::IsRay() const {
  return api_version.starts_with("ray.io/");
}

bool KubernetesObject::IsKnownKind() const {
  if (IsRay()) return true;
  constexpr std::string_view kKinds[] = {
      "Pod",        "PodTemplate", "Deployment", "StatefulSet", "DaemonSet",
      "ReplicaSet", "Job",         "CronJob",    "Rollout",     "ReplicationController"};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

bool IsPartial(const KubernetesObject& object, const PodTemplate& pod) {
  if (pod.open || object.patch) return true;
  if (object.chart_values) return false;
  return std::any_of(pod.containers.begin(), pod.containers.end(), [](const Container& container) {
    return container.kind == Container::Kind::kMain && container.image.empty();
  });
}

}  // namespace oakum
