// Justfiles to facts: recipes are scripts, variables are settings.
//
// A variable, and the default of a recipe's parameter, is filled into the recipes that name it;
// what just is given on its command line instead is not known. A recipe of Python is a program, one
// of another language is passed over.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

void LowerJustfile(const Source& source, Facts& facts);

}  // namespace oakum
