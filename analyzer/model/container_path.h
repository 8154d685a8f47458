// Where a path of a container leads: into which mount, to which file of which volume.
//
// As the kubelet mounts volumes: the longest mountPath wins; a volume without subPath is a folder;
// a Secret, ConfigMap, projected or downward-API volume holds exactly its items, or every key of
// its source; a subPath that names nothing becomes an empty folder. What is in any other volume
// nobody knows. Also how `$(NAME)` in a variable is filled in.
//
// Thread-safety: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/kubernetes.h"

namespace oakum {

// All keys of the Secret or ConfigMap of a source; none if they are not known.
using KeysOfSource = std::function<std::optional<std::vector<std::string>>(const VolumeSource&)>;

struct ContainerPath {
  enum class Kind {
    kUnknown,  // may be there
    kPresent,
    kOutside,       // under no mount: of the image, or nowhere
    kFolder,        // a mount point, or a folder of a volume
    kNoSuchFile,    // the volume's files are known, and this is none of them
    kBelowFile,     // under a mount that is itself a file
    kEmptySubPath,  // the mount's subPath names no file of the volume
  };

  Kind kind = Kind::kUnknown;
  const VolumeMount* mount = nullptr;  // null for kOutside
  const Volume* volume = nullptr;      // null if the pod has no volume of that name
};

// REQUIRES: `path` is absolute and clean.
ContainerPath ResolvePath(const PodTemplate& pod, const Container& container, std::string_view path,
                          const KeysOfSource& keys);

// The paths of a volume's files, relative to it; none if they are not all known.
std::optional<std::vector<std::string>> FilesOf(const Volume& volume, const KeysOfSource& keys);

// The text of a variable once `$(NAME)` is filled in from the items before it; none if one of them
// comes from outside the file. A name that nothing defines stays as it is written.
std::optional<std::string> ExpandVariable(const Container& container, const EnvVar& variable);

}  // namespace oakum
