// Files that a step of the tree fills in before anything reads them: what stands in them as
// `${NAME}` is not what a program gets.
//
// Thread-safety: pure functions of an immutable Project.
#pragma once

#include <string_view>

#include "analyzer/engine/project.h"

namespace oakum {

// Whether envsubst or sed, in some script or step of the tree, reads a file of that name.
bool IsFilledIn(const Project& project, std::string_view name);

}  // namespace oakum
