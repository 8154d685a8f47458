// All documents of a run, and the questions that only several of them together answer.
//
// Paths are relative to the root. Documents are sorted by path and never change once the Project is
// built. Lookups of documents see what was read for its own sake; lookups of files see the whole
// tree as discovery found it: files that no front end reads, and credential files that git ignores
// but that lie on disk, which an image build or an upload of their folder takes along.
//
// Thread-safety: every method may be called from several threads at once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"

namespace oakum {

class BaseImages;
class BuildIndex;
struct BuildSite;

class Project {
 public:
  // `documents` may hold ignored() ones. `files` names every file of the tree, in any order; the
  // documents need not be among them. `modules` are Python modules that matter at most to those
  // that import them.
  explicit Project(std::vector<std::unique_ptr<Document>> documents,
                   std::vector<std::string> files = {},
                   std::vector<std::unique_ptr<Source>> modules = {});
  ~Project();

  // Without the ignored ones.
  const std::vector<std::unique_ptr<Document>>& documents() const { return documents_; }
  // The document at this cleaned path, or null.
  const Document* Find(std::string_view path) const;
  // The documents of one language, in path order.
  std::vector<const Document*> Of(Language language) const;

  // The Python module at this cleaned path, a document or not, or null.
  const Source* FindModule(std::string_view path) const;

  // Whether a file of the tree has this cleaned path. Of ignored files credential files alone are
  // known.
  bool Exists(std::string_view path) const;
  // The files of the tree below a folder ("" for the root), by path. Valid for the Project's life.
  std::vector<std::string_view> FilesBelow(std::string_view folder) const;
  // Those of them that are credential files by their names (model/credential_file.h), with their
  // content, mode and what git says of them. Ignored ones are among them.
  std::vector<const Document*> CredentialFilesBelow(std::string_view folder) const;
  // The links there to such a file that are called like one. What copies a folder as it is copies
  // the link, what packs it the file.
  std::vector<const Document*> CredentialLinksBelow(std::string_view folder) const;
  // The same as CredentialFilesBelow() for one path, or null.
  const Document* CredentialFile(std::string_view path) const;

  // Which builds read which Dockerfile.
  const BuildIndex& builds() const;
  // Which Dockerfiles are built FROM images of others.
  const BaseImages& base_images() const;
  // The builds with the folders they build from (build_sites.h), found once.
  const std::vector<BuildSite>& build_sites() const;

 private:
  std::vector<std::unique_ptr<Document>> documents_;  // by path
  std::vector<std::unique_ptr<Document>> ignored_;    // by path
  std::vector<const Document*> credential_files_;     // by path
  std::vector<const Document*> credential_links_;     // by path
  std::vector<std::string> files_;                    // sorted
  std::map<std::string, const Document*, std::less<>> by_path_;
  std::map<std::string, std::unique_ptr<Source>, std::less<>> modules_;  // by path
  mutable std::once_flag builds_once_;
  mutable std::unique_ptr<const BuildIndex> builds_;
  mutable std::once_flag bases_once_;
  mutable std::unique_ptr<const BaseImages> bases_;
  mutable std::once_flag sites_once_;
  mutable std::unique_ptr<const std::vector<BuildSite>> sites_;
};

}  // namespace oakum
