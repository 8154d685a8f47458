// Credentials that a RUN writes into a file which its layer keeps: by the shell (echo, a
// here-document) or by a tool that keeps what it is given.
//
// One entry a file and layer, at the command that brings the credential. Not listed: the content of
// a secret mount that the shell copies, or of a secret variable in a file whose name does not mean
// a credential (secret-mount-persisted asks for those), a copy of a file that another instruction
// has put into a layer before, and a URI on the command line of a tool, unless its secret comes
// from a mount (the rules on URIs speak of that).
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/image_build.h"

namespace oakum {

struct WrittenCredential {
  uint32_t creation = 0;
  std::optional<CredentialFile> file;  // by its path; none where only the content tells
  bool certain = true;                 // false if what is written is not known
  std::vector<Value> secrets;          // the text of the credential, where the command has it
};

std::vector<WrittenCredential> WrittenCredentials(const ImageBuild& image);

// Whether `command`, or a part of it, writes one of them: what there is to say about the place.
// Also a part of the heredoc that a COPY makes such a file of. Also where a tool is given a mounted
// secret, and its file is gone when the RUN ends: nothing to say.
bool WritesKeptCredential(const ImageBuild& image, Span command);

}  // namespace oakum
