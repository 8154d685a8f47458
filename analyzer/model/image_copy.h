// What a COPY or ADD brings into its layer.
//
// Destinations are resolved as BuildKit does: relative to WORKDIR, a folder if it ends in '/', is
// known for one or takes several sources; `~` is an ordinary name. Files belong to 0:0 unless
// --chown says otherwise; a heredoc has mode 0644, a download 0600.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include "analyzer/model/docker_scope.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_files.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

struct CopyContext {
  const ContextView* files = nullptr;  // null if it is not known
  const DockerScope* scope = nullptr;
  uint32_t stage = 0;
  uint32_t instruction = 0;
  bool onbuild = false;
  uint32_t from = kNoIndex;                // --from a stage of the file
  bool foreign = false;                    // --from an image or a named context
  const ImageFiles* from_files = nullptr;  // of that stage
};

void ReplayCopy(const DockerInstruction& copy, const CopyContext& context, ImageBuild& build,
                ImageFiles& files);

}  // namespace oakum
