// The image builds that a tree asks for, with the files they build from.
//
// A build is written in a workflow step, a compose file, a bake file or a script. Its Dockerfile
// and context are paths relative to the checkout, the compose file, or a working directory that is
// followed through `cd`; a script's own starting directory is not known and is taken for the
// nearest folder, from its own upward, where the Dockerfile is in the tree.
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/build_request.h"
#include "analyzer/model/ci_job.h"
#include "analyzer/model/image_build.h"

namespace oakum {

struct BuildSite {
  const Document* document = nullptr;    // that asks for the build
  const Document* dockerfile = nullptr;  // null if it is not in the tree
  BuildRequest request;
  std::string context;  // the folder, cleaned
  std::string below;    // the same relative to where the job or script starts
  // Whether the context is a folder as it lies there: no Git ref, no URL, no archive.
  bool local = true;
  const CiJob* job = nullptr;   // null outside of CI jobs
  uint32_t step = 0;            // in the job
  uint32_t command = kNoIndex;  // in Facts::commands; kNoIndex for what is no command
};

// By document, then place.
std::vector<BuildSite> FindBuildSites(const Project& project);

// Where each of the commands [first, end) runs, relative to where the first does: "." or a path.
// What `cd` goes to by a variable counts from its known part.
std::vector<std::string> WorkingFolders(const Document& document, uint32_t first, uint32_t end);

// What is known of a path: all of it, or what follows its last hole.
std::string KnownPath(const Value& path);

}  // namespace oakum
