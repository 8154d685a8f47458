// Where the variable NETRC of a container leads.
//
// requests, through which Ray and pip download, takes NETRC as the only place to look: if it names
// no readable file the download goes out anonymous, without a message and without the fallback to
// ~/.netrc (ray.md 3.3). It expands a leading `~` and nothing else; Kubernetes expands `$(NAME)`
// and nothing else.
//
// Thread-safety: pure functions; results point into the object.
#pragma once

#include <string>
#include <vector>

#include "analyzer/model/container_path.h"
#include "analyzer/model/kubernetes.h"

namespace oakum {

struct NetrcVariable {
  enum class State {
    kUnset,
    kUnknown,  // depends on what the file does not show
    kPresent,  // names a file of a volume
    kEmpty,
    kShellReference,  // holds `$HOME` or its like, which nobody fills in
    kOutside,         // under no mount
    kFolder,
    kNoSuchFile,
    kBelowFile,
    kEmptySubPath,
  };

  State state = State::kUnset;
  const EnvVar* variable = nullptr;
  std::string path;  // absolute and clean; for kShellReference the reference
  ContainerPath found;
  // Paths at which this container is known to have a netrc, or is meant to have one.
  std::vector<std::string> candidates;
};

NetrcVariable FindNetrc(const KubernetesObject& object, const PodTemplate& pod,
                        const Container& container, const KeysOfSource& keys);

}  // namespace oakum
