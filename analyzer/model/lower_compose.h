// Compose files: build arguments and environments as settings, commands as commands.
//
// `$VAR` is filled in by compose before anything else reads a value (ComposeVariables). `command`
// and `entrypoint` run without a shell unless they name one; `healthcheck.test` with CMD-SHELL is a
// script. https://docs.docker.com/reference/compose-file/services/
//
// Thread-safety: a pure function of its arguments.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

void LowerCompose(const YamlNode& root, Facts& facts);

}  // namespace oakum
