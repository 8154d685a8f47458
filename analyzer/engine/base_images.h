// The images of the tree that other Dockerfiles of the tree are built FROM. Found once a Project.
//
// A name in FROM is what a build binds it to (`--build-context`, `contexts` of bake,
// `additional_contexts` of compose: another target or service, or an image), else the image that
// some build of the tree calls so with -t, `tags:` or `image:`. ARGs in FROM are what a build
// passes, or their defaults. Names are compared with their registries and tags as far as the files
// tell both. Where several Dockerfiles make an image of that name it is not known which one is
// meant.
//
// The links have no cycles, so what is asked for along them ends: one that would close a cycle is
// left out.
//
// Thread-safety: immutable after construction. The Project must outlive the object.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "analyzer/engine/build_index.h"
#include "analyzer/engine/document.h"

namespace oakum {

class BaseImages {
 public:
  explicit BaseImages(const Project& project);

  // What the image called `name`, by the defaults of the file's ARGs, has at its end; null if
  // `dockerfile` is built FROM nothing of the tree by that name.
  const DockerScope* Of(const Document& dockerfile, std::string_view name) const;

 private:
  struct Made {
    const Document* dockerfile = nullptr;  // null where there are several
    std::string target;                    // as BuildRequest has it
  };
  using Links = std::map<std::string, Made, std::less<>>;  // by the name in FROM

  Made Find(const Document& dockerfile, const Value& word) const;
  Made Bound(const PlacedBuild& build, const Value& source) const;
  Made ByTag(const Value& name) const;
  void DropCycles();

  const Project& project_;
  std::map<std::string, Made, std::less<>> by_tag_;
  std::map<const Document*, Links> links_;
};

}  // namespace oakum
