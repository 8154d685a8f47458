// Image builds in functions that are given their words by each call: `build() { shift; docker build
// "$@"; }` and `build api -f api/Dockerfile .` is a build of api/Dockerfile.
//
// Parameters are followed through `shift N` and plain assignments, in the order of the body; what a
// branch does with them is taken to happen. A body that hands on all of its arguments in one
// command is ShellCalls::Forwarded() and is left to that.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <functional>

#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/shell_calls.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

// In facts.commands from `first` on, which are those of the function's body, builds that depend on
// its parameters are there once for each call. `resolve` fills in the variables of the script.
void ExpandBuilds(const ShellScript& script, const ShellNode& function, const ShellCalls& calls,
                  const std::function<Value(const Value&)>& resolve, size_t first, Facts& facts);

}  // namespace oakum
