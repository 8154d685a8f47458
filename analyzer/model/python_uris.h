// The URIs that a program's text assembles, whoever gets them.
//
// Thread-safety: as PythonModule.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// Appends to facts.uris those with a credential that no other use in it has. Comes last.
void AddProgramUris(PythonModule& module, Facts& facts);

}  // namespace oakum
