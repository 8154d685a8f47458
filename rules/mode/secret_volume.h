// The modes of Secret volumes, place by place: what OAK306 and OAK307 judge.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/model/facts.h"
#include "analyzer/model/kubernetes.h"
#include "analyzer/model/volume_access.h"

namespace oakum {

// A mode of a Secret volume, or of the Secrets in a projected one, and the files it is for.
struct SecretMode {
  const Volume* volume = nullptr;
  std::vector<const VolumeSource*> sources;
  const VolumeItem* item = nullptr;  // null for the volume's default
  GivenOwner owner;
  int64_t mode = kDefaultVolumeMode;
  bool given = false;
  Span span;  // the number; the volume's source key if it is omitted
};

// Those whose number is known and is what it looks like.
std::vector<SecretMode> SecretModesOf(const Facts& facts, const Volume& volume);

// The first container of the pod that mounts the volume and surely cannot read a file of this mode;
// null if there is none, or if none of them runs Ray.
const Container* UnreadableBy(const KubernetesObject& object, const PodTemplate& pod,
                              const SecretMode& mode);

// Whether the volume is there for a netrc, as far as names tell.
bool IsNetrcVolume(const PodTemplate& pod, const Volume& volume);

// "write `defaultMode: 0440` and give the pod `securityContext: {fsGroup: 100}`: ..."
std::string AdviseMode(const Facts& facts, const KubernetesObject& object, const PodTemplate& pod,
                       const SecretMode& mode);

}  // namespace oakum
