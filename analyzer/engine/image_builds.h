// Which builds that the tree asks for take a file of a builder stage further than its build cache.
//
// A stage that no image is built FROM stays on the machine that builds, unless a script, a compose
// file or a workflow builds it with --target, or exports the cache of a build with mode=max. Such
// builds are joined with a Dockerfile by its path: relative to the compose file, to the folder that
// holds .github, or to any folder at or above a script, whose working directory is not known.
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/project.h"

namespace oakum {

struct Exposure {
  Location where;   // the target or the cache export
  std::string how;  // "built with --target dev in compose.yaml"
};

// The first build, in path order, of this Dockerfile that gives the content of `creation`, an event
// of its image, to others.
std::optional<Exposure> FindExposure(const Project& project, const Document& dockerfile,
                                     uint32_t creation);

}  // namespace oakum
