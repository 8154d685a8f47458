#include "rules/wiring/pod_words.h"

#include <fmt/format.h>

#include "analyzer/base/ascii.h"

namespace oakum {

std::string ObjectName(const KubernetesObject& object) {
  if (object.chart_values) return "ray-cluster values";
  return object.name.empty() ? object.kind : fmt::format("{}/{}", object.kind, object.name);
}

std::string PodName(const KubernetesObject& object, const PodTemplate& pod) {
  switch (pod.role) {
    case PodTemplate::Role::kHead:
      return "the head group";
    case PodTemplate::Role::kWorker:
      return pod.group.empty() ? "this worker group" : fmt::format("worker group `{}`", pod.group);
    case PodTemplate::Role::kSubmitter:
      return "the submitter pod";
    case PodTemplate::Role::kOther:
      break;
  }
  return object.kind == "Pod" ? "this pod" : "this pod template";
}

std::string ContainerName(const KubernetesObject& object, const PodTemplate& pod,
                          const Container& container) {
  if (!container.name.empty()) return fmt::format("container `{}`", container.name);
  if (object.chart_values) return fmt::format("the Ray container of `{}`", pod.group);
  return "this container";
}

std::string Capitalized(std::string text) {
  if (!text.empty() && IsLower(text[0])) text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace oakum
