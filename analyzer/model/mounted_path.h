// A path that a container gets from outside its image: a volume, secret or config of a compose
// service, a volume of `docker run`.
//
// Pods have their own model (kubernetes.h). Paths are as written, with holes as in Value.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct MountedPath {
  Value path;  // absolute in the container, a file or a folder
  Span span;
  std::string service;  // of compose; empty if several services share the mount
};

// Of `docker run`, `docker create`, and of podman and nerdctl: -v, --volume, --mount.
std::vector<MountedPath> MountedPathsOf(const Command& command);

// The container's path of `source:path[:options]`; empty for a path alone, which is an anonymous
// volume and has nothing in it.
Value TargetOfVolume(const Value& volume);

}  // namespace oakum
