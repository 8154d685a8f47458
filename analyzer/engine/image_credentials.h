// Which files of an image hold a credential, whatever put them there.
//
// A COPY is judged by the name of the file and by what the tree knows of its content: a pip.conf
// that names a mirror is none, a .netrc that is not in the tree is one by its name. What a RUN
// writes is judged by model/image_credential.h; what it copies from a secret mount is one. A file
// that COPY
// --from brings is what it was in its stage.
//
// Thread-safety: immutable after construction; project and document must outlive the object.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_credential.h"

namespace oakum {

struct ImageCredential {
  CredentialFile file;
  bool suspected = false;  // likely one: a folder of credentials, or text that is not known
};

class ImageCredentials {
 public:
  // REQUIRES: the document is a Dockerfile.
  ImageCredentials(const Project& project, const Document& dockerfile);

  // What this creation brings into a layer; none if it is no credential, or is removed before its
  // instruction ends.
  std::optional<ImageCredential> At(uint32_t creation) const;

 private:
  std::optional<ImageCredential> Copied(uint32_t creation) const;
  std::optional<ImageCredential> OfFolder(std::string_view source) const;
  std::optional<CredentialFile> FileOf(uint32_t creation) const;
  bool IsGuarded(uint32_t creation) const;

  const Project& project_;
  const Document& dockerfile_;
  const ImageBuild& image_;
  std::map<uint32_t, WrittenCredential> written_;
};

// A file that is mounted like a secret and public all the same: CA certificates, host keys.
bool IsPublicFile(std::string_view path);

}  // namespace oakum
