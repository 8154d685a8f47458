// Paths of scripts as the rules on modes compare them.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/base/value.h"

namespace oakum {

// `~/x` and `$HOME/x` are one path: ${HOME}/x.
std::string HomePath(const Value& path);

}  // namespace oakum
