// The credential files that a build's context holds: files of the tree, and those that a script or
// workflow step writes there before the build.
//
// Left out are files that the ignore file excludes, files without a credential in them, and the
// samples of tests and documentation. A context that is a Git ref has what git tracks and nothing
// that a step has written.
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return; but
// for LeftFinder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/engine/build_context.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/left_files.h"
#include "analyzer/engine/project.h"

namespace oakum {

struct ContextFile {
  std::string path;  // relative to the context
  std::string description;
  CredentialFileKind kind = CredentialFileKind::kNetrc;
  bool ignored = false;  // by git
  // How it is written, if it is no file of the tree, and the build that it is written before.
  std::optional<LeftFile> left;
  const BuildSite* site = nullptr;
};

// A context that the Dockerfile is built from, and the build that says so; null where it is the
// Dockerfile's own folder for want of one.
struct UsedContext {
  BuildContext context;
  const BuildSite* site = nullptr;

  bool local() const { return site == nullptr || site->local; }
};

// `sites` must outlive the contexts. Each folder once, what is local before what is not.
std::vector<UsedContext> ContextsOf(const Project& project, const std::vector<BuildSite>& sites,
                                    const Document& dockerfile);

// By path.
std::vector<ContextFile> CredentialsIn(const Project& project, const std::vector<BuildSite>& sites,
                                       const UsedContext& used);

// The files that are left in the folder of a build's context before it runs. What a document leaves
// and which scripts it runs is found once, however many builds it has. One object belongs to one
// check; the project must outlive it.
class LeftFinder {
 public:
  explicit LeftFinder(const Project& project) : project_(project) {}

  // By the build's own job or script or by a script that this one runs; whether or not its
  // Dockerfile takes them. Paths as in ContextFile.
  std::vector<ContextFile> Before(const BuildSite& site);

  // By the scripts that the job's steps run, and still there when those end. `document` and `span`
  // are the script's; `step`, `command` and `path` are as if the step had written the file itself.
  std::vector<LeftFile> ByScriptsOf(const Document& document, const CiJob& job, LeftWhere where);

 private:
  struct ScriptCall {
    uint32_t command = 0;
    const Document* script = nullptr;
  };

  const std::vector<LeftFile>& FilesOf(const Document& document);
  const std::vector<ScriptCall>& CallsOf(const Document& document);

  const Project& project_;
  std::map<const Document*, std::vector<LeftFile>> files_;
  std::map<const Document*, std::vector<ScriptCall>> calls_;
};

}  // namespace oakum
