// Who may read the files of a Secret volume.
//
// The kubelet writes them as root:root, or for the user that the volume or item names, with the
// mode of the volume or item, 0644 unless given. With
// a pod's fsGroup they belong to that group, get 0440 on top, and every container of the pod is in
// the group (kubernetes pkg/volume/volume_linux.go; ray.md 2.4). A process is the container's
// runAsUser, the pod's, or the image's own: rayproject/ray and anyscale/ray images run as uid 1000,
// gid 100. A runAsUser that the image does not know has root as its primary group.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "analyzer/model/kubernetes.h"

namespace oakum {

inline constexpr int64_t kRayUser = 1000;
inline constexpr int64_t kRayGroup = 100;
inline constexpr int64_t kDefaultVolumeMode = 0644;

struct ContainerUser {
  std::optional<int64_t> uid;  // none if it is not known
  std::optional<int64_t> gid;  // of the process
  bool in_root_group = false;
};

// Whether an image is one of Ray's, or is derived from one as far as its name tells.
bool RunsRayImage(const KubernetesObject& object, const Container& container);

// Whether this is the container that KubeRay runs Ray in: the first one of a head or worker group.
bool IsRayContainer(const PodTemplate& pod, const Container& container);

ContainerUser UserOf(const KubernetesObject& object, const PodTemplate& pod,
                     const Container& container);

struct MountedFile {
  int64_t mode = kDefaultVolumeMode;
  int64_t gid = 0;
  std::optional<int64_t> uid = 0;  // none if it is not known
};

// A file that the volume gives this mode and owner, as it is in the containers.
MountedFile FileInPod(int64_t mode, const GivenOwner& owner, const PodTemplate& pod);

// Whether the user may read the file; none if that depends on something the manifest does not show.
std::optional<bool> MayRead(const ContainerUser& user, const MountedFile& file,
                            const PodTemplate& pod);

}  // namespace oakum
