// The variables that a command starts a container with: `docker run -e NAME=value`.
//
// They are kept with the container: `docker inspect` shows them.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/model/command.h"

namespace oakum {

// Of docker, podman and nerdctl with `run`, `create` or `exec`, and of `docker compose run`. A
// NAME alone is passed on and not listed.
std::vector<Assignment> ContainerVariablesOf(const Command& command);

}  // namespace oakum
