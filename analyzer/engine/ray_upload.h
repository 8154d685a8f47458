// What Ray takes along when a runtime_env names a local folder: the credential files among what it
// zips and stores in the cluster.
//
// Ray leaves out .git, .venv, venv and __pycache__ (RAY_OVERRIDE_RUNTIME_ENV_DEFAULT_EXCLUDES names
// others), and what the runtime_env's `excludes`, and the .gitignore (unless
// RAY_RUNTIME_ENV_IGNORE_GITIGNORE is 1) and .rayignore files from the uploaded folder down, match.
// Ignore files above the folder are not read, which is how a .env that git ignores gets uploaded.
// Links are followed. Each list decides for itself; a folder that is left out is not entered
// (ray.md 1.7; ray/_private/runtime_env/packaging.py).
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

// The folders of the tree that a local path in `document` can mean, the likeliest first: it is
// relative to where the program is started. "" is the root.
std::vector<std::string> UploadedFolders(const Project& project, const Document& document,
                                         std::string_view path);

// The files below `folder` that hold a credential and that nothing leaves out, by path.
std::vector<const Document*> UploadedCredentials(const Project& project, std::string_view folder,
                                                 const RuntimeEnv& env);

}  // namespace oakum
