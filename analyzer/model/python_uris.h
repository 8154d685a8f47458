// What the texts that a program assembles hold, whoever gets them: URIs, and runtime_envs and
// manifests as JSON or YAML text.
//
// Thread-safety: as PythonModule.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// Appends the runtime_envs of texts that no other front end has read. Comes before
// AddProgramUris().
void AddRuntimeEnvTexts(PythonModule& module, Facts& facts);

// Appends to facts.uris those with a credential that no other use in it has. Comes last.
void AddProgramUris(PythonModule& module, Facts& facts);

}  // namespace oakum
