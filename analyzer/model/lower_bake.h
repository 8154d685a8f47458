// docker-bake files: each target is an image build, as a service with `build:` is in a compose
// file.
//
// HCL and JSON say the same (docs.docker.com/build/bake/reference): contexts are relative to the
// file, a Dockerfile to its context. A target takes what it does not set from the targets it
// `inherits`, the last of them first, and the arguments of all. A target that others inherit and no
// group names is a part of them and no build of its own.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

// docker-bake.json, docker-bake.override.hcl, release.bake.hcl.
bool IsBakeFile(std::string_view path);

void LowerHcl(const Source& source, Facts& facts);

// Nothing for other JSON files.
void LowerBakeJson(const Source& source, Facts& facts);

}  // namespace oakum
