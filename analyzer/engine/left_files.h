// Credential files that the steps of a CI job or the commands of a script leave in the folder they
// work in, where a later build, upload or cache finds them.
//
// Known are the shell's ways to write a text (model/written_text.h), the output of other programs
// redirected into a file whose name means a credential, and copies of credential files from
// elsewhere. A file of any name counts when a CI secret is its text, or the text is plainly that of
// a credential file. What is written to the home
// directory, to /tmp or to another absolute path is not in the way of a build; it is listed only
// for who asks, since a job may print or cache it.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/engine/document.h"
#include "analyzer/model/ci_job.h"
#include "analyzer/model/credential_file.h"

namespace oakum {

struct LeftFile {
  const Document* document = nullptr;  // that has the command
  // Relative to where the job or script starts, cleaned; or as HomePath() has it.
  std::string path;
  std::optional<CredentialFile> file;  // none for a file of another name that holds a CI secret
  std::string secret;                  // the CI secret's name, if one is written; else empty
  Span span;                           // the command that writes it
  const CiJob* job = nullptr;          // null in a script
  uint32_t step = 0;                   // in the job
  uint32_t command = 0;                // in Facts::commands

  // For messages: "netrc file", "file with secrets.SA_KEY".
  std::string Describe() const;
};

enum class LeftWhere {
  kWorkspace,  // below where the job or script starts
  kElsewhere,  // in the home directory (${HOME}/...), or at another absolute path
};

// A path as LeftFile::path has it where it lies elsewhere.
std::string PlaceName(const Value& path);

// By place.
std::vector<LeftFile> FindLeftFiles(const Document& document,
                                    LeftWhere where = LeftWhere::kWorkspace);

// Whether a command between the one that writes the file and `before`, both of one job or script,
// removes it on every way.
bool IsRemoved(const Document& document, const LeftFile& left, uint32_t before);

// Whether what a step keeps holds the file at this path of the workspace, or of ${HOME}.
bool IsKept(const CiKeep& keep, std::string_view path);

}  // namespace oakum
