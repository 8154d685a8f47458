// What a program installs or clones by calls: setuptools' lists of requirements, GitPython and its
// like.
//
// Thread-safety: as PythonModule.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// `call` is CallOf() of a call. Appends to facts.uris.
void AddInstalls(const PythonModule& module, const PyObject& call, Facts& facts);

}  // namespace oakum
