#include "analyzer/model/volume_access.h"

#include <string_view>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

// "ghcr.io/acme/ray-llm:2.9" is called "ray-llm".
std::string_view NameOfImage(std::string_view image) {
  image = image.substr(0, image.find('@'));
  std::string_view name = BaseName(image);
  return name.substr(0, name.find(':'));
}

// "ray", "ray-ml", "my_ray": the word, not part of another ("array").
bool HasRayWord(std::string_view name) {
  for (size_t at = name.find("ray"); at != name.npos; at = name.find("ray", at + 3)) {
    const bool starts = at == 0 || name[at - 1] == '-' || name[at - 1] == '_';
    const std::string_view rest = name.substr(at + 3);
    const bool ends = rest.empty() || rest[0] == '-' || rest[0] == '_' || rest[0] == '.';
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

bool IsRayContainer(const PodTemplate& pod, const Container& container) {
  const bool group = pod.role == PodTemplate::Role::kHead || pod.role == PodTemplate::Role::kWorker;
  return group && container.kind == Container::Kind::kMain && container.index == 0;
}

bool RunsRayImage(const KubernetesObject& object, const Container& container) {
  const std::string_view image = container.image.text();
  if (image.find("rayproject/ray") != image.npos || image.find("anyscale/ray") != image.npos) {
    return true;
  }
  if (!object.IsRay()) return false;
  // A chart for Ray clusters fills in an image of Ray; KubeRay's own has one by default.
  if (!container.image.is_literal()) {
    return container.kind == Container::Kind::kMain && container.index == 0;
  }
  if (image.empty()) return object.chart_values;
  return HasRayWord(NameOfImage(image));
}

ContainerUser UserOf(const KubernetesObject& object, const PodTemplate& pod,
                     const Container& container) {
  ContainerUser user;
  user.in_root_group = pod.joins_root_group;
  if (pod.ids.unknown || container.ids.unknown) return user;
  const bool ray = RunsRayImage(object, container);
  user.uid = container.ids.user ? container.ids.user : pod.ids.user;
  const bool given = user.uid.has_value();
  if (!given && ray) user.uid = kRayUser;
  user.gid = container.ids.group ? container.ids.group : pod.ids.group;
  if (!user.gid && ray) user.gid = *user.uid == kRayUser ? kRayGroup : 0;
  return user;
}

MountedFile FileInPod(int64_t mode, const GivenOwner& owner, const PodTemplate& pod) {
  MountedFile file;
  file.mode = pod.fs_group ? mode | 0440 : mode;
  file.gid = pod.fs_group.value_or(0);
  if (owner.given) file.uid = owner.uid;
  return file;
}

std::optional<bool> MayRead(const ContainerUser& user, const MountedFile& file,
                            const PodTemplate& pod) {
  constexpr int64_t kOwner = 0400, kGroup = 0040, kOther = 0004;
  if (!user.uid) return std::nullopt;
  if (*user.uid == 0) return true;
  if (!file.uid) return std::nullopt;
  if (*user.uid == *file.uid) return (file.mode & kOwner) != 0;
  const bool member = (pod.fs_group && *pod.fs_group == file.gid) ||
                      (user.in_root_group && file.gid == 0) || user.gid == file.gid;
  if (member) return (file.mode & kGroup) != 0;
  const bool by_others = (file.mode & kOther) != 0;
  const bool by_group = (file.mode & kGroup) != 0;
  if (!user.gid && by_group != by_others) return std::nullopt;
  return by_others;
}

}  // namespace oakum
