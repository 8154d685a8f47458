// Makefiles to facts: recipes are scripts, variables are settings.
//
// A variable that is set once, outside of conditionals, is filled into the recipes that name it;
// what make is given on its command line instead is not known. One that is empty, or set several
// times, stays a hole.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/named_values.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

// What the variables of the file stand for where they are defined once. The Makefile must outlive
// it.
NamedValues MakeVariables(const Makefile& makefile);

void LowerMakefile(const Source& source, Facts& facts);

}  // namespace oakum
