// Replays the script of a RUN: every way through `&&`, `||`, `;`, branches, loops, functions and
// `trap ... EXIT`.
//
// Only ways that end well count, because a RUN that fails makes no layer: in `cp s d && pip install
// && rm d` nothing is left, in `cp s d && (pip install && rm d || true)` the file may be. A command
// that is not known may succeed or fail; those of image_command.h are taken to succeed. A branch
// may or may not be taken; `[ -f path ]` tells whether a file is there.
//
// Budgets: 200,000 commands times files, calls 8 deep; what lies beyond has no effect, and the
// model is not complete.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/image_shell_state.h"

namespace oakum {

// Whether a script names an interpreter that is no shell.
bool IsForeignScript(std::string_view script);

// Appends the events of a shell script to `build` and leaves in `files` what is there afterwards.
void ReplayScript(const Value& script, const RunContext& context, ImageBuild& build,
                  ImageFiles& files);

// The same for the exec form.
void ReplayArgv(const std::vector<Value>& argv, const RunContext& context, ImageBuild& build,
                ImageFiles& files);

}  // namespace oakum
