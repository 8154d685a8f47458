// What the rules on files in layers say alike: the steps of a finding's path, from where a file
// enters over where the author thought it left to where it reaches the image, and the advice.
//
// Thread-safety: one object belongs to one check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/image_builds.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/image_build.h"

namespace oakum {

class LayerSteps {
 public:
  // `creation` is an event of the document's image that creates a file. Project and document must
  // outlive the object.
  LayerSteps(const Project& project, const Document& document, uint32_t creation);

  const FileEvent& event() const { return image_.events[creation_]; }
  // The COPY's source or the command that creates it, in the Dockerfile or in a script it calls.
  Location where() const;
  // Whether its content is in a layer of the image, carried there by COPY --from or not.
  bool in_image() const { return reaches_ != kNoIndex; }
  // Whether others than the machine that builds get to see it.
  bool exposed() const { return in_image() || exposure_.has_value(); }
  // Where a file of a builder stage is, as sentences that follow "The file ": " is put into".
  std::string BuilderSentence(std::string_view verb) const;
  // The stage that creates it.
  std::string stage_label() const;

  // The steps: `enters` at the creation, then removals by later instructions and carries.
  std::vector<Step> Build(std::string enters) const;
  // " The rm in a later instruction ...": what a removal does not do; empty if there is none.
  std::string RemovalSentence() const;
  // How to mount a file of this kind instead.
  std::string MountAdvice(CredentialFileKind kind) const;
  // The options of a secret mount that the program which reads `path` can read it with: "" for
  // root, ",uid=1000" for another user (a mount is root's, 0400, unless it says so).
  std::string MountOwner(std::string_view path) const;

 private:
  const Source& source_;
  const Source* script_ = nullptr;  // that the command stands in, if it is not the Dockerfile
  const ImageBuild& image_;
  const uint32_t creation_;
  const uint32_t reaches_;
  std::optional<Exposure> exposure_;         // of a file that is not in the image
  std::vector<uint32_t> removals_;           // by later instructions, of this file
  const std::vector<uint32_t> misdirected_;  // of another file of the same name
};

}  // namespace oakum
