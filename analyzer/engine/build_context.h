// What of a build context a Dockerfile's COPY and ADD take: the effective ignore file, and which
// instruction takes which path.
//
// The ignore file is the one beside the Dockerfile and named after it, else the one at the root of
// the context; the first replaces the second (dockerfile.md 1.11). podman and buildah look for
// .containerignore first. A Git ref or URL as context has none.
//
// Thread-safety: immutable after construction. The Project must outlive the object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/image_build.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {

class BuildContext {
 public:
  // Of a build, whether or not its Dockerfile is in the tree.
  BuildContext(const Project& project, const BuildSite& site);
  // Of a Dockerfile that nothing in the tree builds: the nearest folder, from its own upward, that
  // has what it copies by name, else its own.
  BuildContext(const Project& project, const Document& dockerfile);

  // Null if it is not in the tree.
  const Document* dockerfile() const { return dockerfile_; }
  // The folder, cleaned; "." for the root.
  const std::string& folder() const { return folder_; }
  // Null if there is none.
  const Document* ignore_document() const { return ignore_document_; }
  // Whether the ignore file is the Dockerfile's own, and another one at the root counts for
  // nothing.
  bool replaces_root_ignore() const { return replaces_root_; }

  // A path of the tree relative to the context; empty if it is not below it.
  std::string_view Within(std::string_view path) const;
  // `path` is relative to the context.
  bool Excludes(std::string_view path) const;
  // A pattern that leaves out a file of that name at the root of the context and nowhere else,
  // where `path` lies deeper; null if there is none.
  const IgnoreFile::Pattern* RootOnlyPattern(std::string_view path) const;

  // The events of the Dockerfile's image that take `path` along with a folder or a pattern, not by
  // its own name. `path` is relative to the context.
  std::vector<uint32_t> TakenBy(std::string_view path) const;

 private:
  void ReadIgnoreFile(const Project& project, bool podman);

  const Document* dockerfile_;
  const std::string folder_;
  const Document* ignore_document_ = nullptr;
  bool replaces_root_ = false;
  IgnoreFile ignore_;
};

}  // namespace oakum
