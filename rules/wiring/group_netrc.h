// What each group of a Ray cluster knows of a netrc.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "analyzer/model/container_path.h"
#include "analyzer/model/kubernetes.h"
#include "analyzer/model/netrc_variable.h"

namespace oakum {

struct GroupNetrc {
  enum class Kind { kUnknown, kMissing, kVariable, kAtHome };

  const PodTemplate* pod = nullptr;
  Kind kind = Kind::kUnknown;
  NetrcVariable netrc;                   // of the Ray container
  const Container* elsewhere = nullptr;  // another container of the pod that has NETRC
  const EnvVar* bearer = nullptr;        // the other way to authenticate downloads

  bool HasNetrc() const { return kind == Kind::kVariable || kind == Kind::kAtHome; }
};

GroupNetrc ReadGroup(const KubernetesObject& object, const PodTemplate& pod,
                     const KeysOfSource& keys);

// Whether a container fetches something itself, and so needs a netrc of its own.
bool FetchesItself(const Container& container);

// Whether a mount of the container is called after a netrc.
bool MountsNetrc(const Container& container);

// Whether an argument of the container's commands has `word`, in whatever case.
bool AnyArgument(const Container& container, std::string_view word);

}  // namespace oakum
