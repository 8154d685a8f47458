// What the tree says of the folder that a Dockerfile is built from, for the replay of its image
// (model/image_build.h): which sources of COPY are folders, the scripts of the context, and the
// credential files that the builder is given.
//
// As long as nothing says which folder it is, folders and scripts are looked for in the
// Dockerfile's own folder and those above it (context_folders.h); the credential files are those of
// every context that a build of the tree names (context_files.h).
//
// Thread-safety: a view belongs to one thread. Project and document must outlive it.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/image_context.h"

namespace oakum {

ContextView ContextOf(const Project& project, const Document& dockerfile);

}  // namespace oakum
