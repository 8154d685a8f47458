// What the rules on secrets in ARG (206) and in the image's configuration (207) both need: which
// ARG is a secret, who passes it one, and how far a stage goes.
//
// Thread-safety: one object belongs to one check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/image_builds.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/image_config.h"

namespace oakum {

class ImageSecrets {
 public:
  // REQUIRES: the document is a Dockerfile's.
  ImageSecrets(const Project& project, const Document& document);

  const ImageConfig& config() const { return config_; }
  const ImageVariable& variable(uint32_t index) const { return config_.variables[index]; }

  // The entries of compose files, workflows and scripts that hand this ARG a secret, or at
  // least a setting that is kept with secrets.
  std::vector<Step> GivenBy(const ImageVariable& arg, Passed least = Passed::kSecret) const;
  // Secrets in plain text that they hand it: what snippets must mask.
  std::vector<Location> LiteralsGivenTo(const ImageVariable& arg) const;
  // By its name, its default or who passes it one.
  bool IsSecretArg(const ImageVariable& arg) const;
  // The ARGs among the sources of an ENV or LABEL that make it a secret; empty if it is none.
  std::vector<uint32_t> SecretArgsIn(const ImageVariable& variable) const;
  // Whether a URI rule speaks of the literal or assembled value.
  bool HasUriCredential(const ImageVariable& variable) const;

  bool InImage(uint32_t stage) const;
  // The build that takes a builder stage further, if any.
  const std::optional<Exposure>& ExposureOf(uint32_t stage) const;
  bool IsExposed(uint32_t stage) const { return InImage(stage) || ExposureOf(stage); }
  // One step lower for a stage that stays in the build cache.
  Severity Reached(Severity severity, const ImageVariable& variable) const;
  std::string StageLabel(uint32_t stage) const;

 private:
  const Project& project_;
  const Document& document_;
  const ImageBuild& image_;
  const ImageConfig& config_;
  mutable std::vector<std::optional<std::optional<Exposure>>> exposures_;  // by stage
};

// The advice that fits a secret of this name: `RUN --mount=type=secret,id=...,env=...`.
std::string SecretMountAdvice(const std::string& name);

}  // namespace oakum
