// The image builds that a tree asks for, by the Dockerfile that each may read. Found once a Project
// (Project::builds()): every Dockerfile asks, and every script, compose file and workflow may name
// any of them.
//
// A build is joined with a Dockerfile by its path: relative to the compose file, to the folder that
// holds .github, or to any folder at or above a script, whose working directory is not known. One
// whose Dockerfile is not there because of that is one of the only Dockerfile of its name; one with
// an input or a matrix in the path, of all that fit it. A service of a compose file that says
// neither context nor Dockerfile is what the other compose files of the folder make of it.
//
// Thread-safety: immutable after construction. The Project must outlive the index.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/model/build_request.h"

namespace oakum {

class Project;

struct PlacedBuild {
  const Document* document = nullptr;  // that asks for it
  BuildRequest request;
};

class BuildIndex {
 public:
  explicit BuildIndex(const Project& project);

  // The builds of this Dockerfile, in path order.
  const std::vector<PlacedBuild>& Of(const Document& dockerfile) const;

  // The Dockerfiles that a service of a compose file is built from, as all compose files of the
  // folder have it.
  std::vector<const Document*> DockerfilesOfService(const Document& compose,
                                                    std::string_view service) const;

  // The Dockerfiles that a build of `document` may read; empty if the tree has none of them.
  std::vector<const Document*> DockerfilesOf(const Document& document,
                                             const BuildRequest& request) const;

 private:
  void Add(const Document& document, const BuildRequest& request, const CiJob* job);
  std::vector<const Document*> WherePathsSay(const Document& document,
                                             const BuildRequest& request) const;
  std::vector<const Document*> WithItsName(const BuildRequest& request) const;
  // For a request that overrides what compose or bake files say.
  std::vector<const Document*> FilesOverridden(const Document& document,
                                               const BuildRequest& request) const;
  std::vector<const Document*> OfOverridden(const Document& document,
                                            const BuildRequest& request) const;

  const Project& project_;
  std::map<std::string, std::vector<const Document*>, std::less<>> by_name_;
  // By folder and service, those that say what they build.
  std::map<std::string, std::vector<PlacedBuild>, std::less<>> services_;
  std::unordered_map<const Document*, std::vector<PlacedBuild>> builds_;
};

}  // namespace oakum
