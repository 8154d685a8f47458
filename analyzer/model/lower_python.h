// Python to facts: what a program hands to Ray, starts, sets in its environment, and the URIs it
// assembles.
//
// Ray's surfaces are those of ray.md 1.8. Most of them are one thing: a keyword argument
// `runtime_env` (or one that holds a dict with it), whatever is called; the rest are
// RuntimeEnv(...), ray.client().env(...), and dicts that are named or shaped like a runtime_env,
// for the modules that only define one. Each runtime_env is added once, by the call that hands it
// over if there is one.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"
#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"

namespace oakum {

void LowerPython(const Source& source, const ModuleFinder& modules, Facts& facts);

// Whether a program can hold anything of interest; most do not.
bool MayHandOver(std::string_view text);

// A program that is no module: the code of a notebook.
void LowerProgram(const Value& code, Facts& facts);

// The code cells of a notebook as one program; its `!` lines and shell cells as commands.
void LowerNotebook(const Source& source, Facts& facts);

}  // namespace oakum
