#include "analyzer/model/kubernetes.h"

namespace oakum {

const EnvVar* Container::Env(std::string_view variable) const {
  for (auto item = env.rbegin(); item != env.rend(); ++item) {
    if (item->name == variable) return &*item;
  }
  return nullptr;
}

const Volume* PodTemplate::FindVolume(std::string_view wanted) const {
  for (const Volume& volume : volumes) {
    if (volume.name == wanted && !wanted.empty()) return &volume;
  }
  return nullptr;
}

bool KubernetesObject::IsRay() const {
  return api_version.starts_with("ray.io/");
}

}  // namespace oakum
