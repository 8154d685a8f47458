// Paths of scripts as they are compared with each other.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/base/value.h"

namespace oakum {

// `~/x` and `$HOME/x` are one path, ${HOME}/x; so are expressions of a workflow for the
// same folder. Other variables are ${NAME}.
std::string HomePath(const Value& path);

}  // namespace oakum
