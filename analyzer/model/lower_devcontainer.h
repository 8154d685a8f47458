// devcontainer.json: the variables and commands of a development container
// (https://containers.dev/implementors/json_reference/).
//
// `containerEnv` and `remoteEnv` are environments of the container; the lifecycle commands are
// shell texts, argument lists, or mappings of either. `${localEnv:X}` and its like are filled in on
// the machine that starts the container: deferred.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

bool IsDevcontainer(std::string_view path);

// Nothing for other JSON files.
void LowerDevcontainer(const Source& source, Facts& facts);

}  // namespace oakum
