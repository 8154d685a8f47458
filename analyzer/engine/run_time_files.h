// Whether something in the tree gives a container a file when it starts, that its image lacks.
//
// Compose volumes, secrets and configs, volumes of pods, `docker run -v`, and scripts that write
// the path. A compose service that builds another Dockerfile does not count; otherwise it is not
// asked which image a container is of: a mount of the same path is meant for it.
//
// Thread-safety: pure functions of an immutable Project.
#pragma once

#include <string_view>

#include "analyzer/engine/project.h"

namespace oakum {

// To containers of an image of `dockerfile`. REQUIRES: `path` is absolute and clean.
bool IsGivenAtRunTime(const Project& project, const Document& dockerfile, std::string_view path);

}  // namespace oakum
