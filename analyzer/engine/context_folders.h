// Where the files of a Dockerfile's build context may lie, as long as nothing says which folder it
// is built from: its own folder, and those above it, nearest first.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"

namespace oakum {

std::vector<std::string> ContextFolders(const Document& dockerfile);

// The document at this path of the context, or null.
const Document* FindInContext(const Project& project, const Document& dockerfile,
                              std::string_view path);

}  // namespace oakum
