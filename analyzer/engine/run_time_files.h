// Whether something in the tree gives a container a file when it starts, that its image lacks.
//
// Compose volumes, secrets and configs, volumes of pods, `docker run -v`, and scripts that write
// the path. Which image a container is of is not asked: a mount of the same path is meant for it.
//
// Thread-safety: pure functions of an immutable Project.
#pragma once

#include <string_view>

#include "analyzer/engine/project.h"

namespace oakum {

// REQUIRES: `path` is absolute and clean.
bool IsGivenAtRunTime(const Project& project, std::string_view path);

}  // namespace oakum
