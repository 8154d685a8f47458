// Dockerfile to facts: variables and labels as settings, RUN and its kin as commands, ADD of URLs,
// and the image model.
//
// Variables in Dockerfile words are holes that say whether an ARG or an ENV fills them in; a URI
// that a RUN builds from an ARG names the ARG's line as its first origin. RUN scripts go to the
// shell front end with host kImageBuild, CMD, ENTRYPOINT and HEALTHCHECK with kImageRun; exec forms
// keep their `$X` as text. Instructions under ONBUILD are lowered as if they stood alone.
//
// Thread-safety: a pure function of its arguments.
#pragma once

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

void LowerDockerfile(const Source& source, Facts& facts);

}  // namespace oakum
