// Tools that keep a credential they are given in a file of their own: `wandb login KEY` writes
// ~/.netrc, `pip config set` a pip.conf, `git clone https://TOKEN@host` the clone's .git/config.
//
// One table (ray.md 4.6, and the tools' own documentation) says which argument, option or standard
// input is the secret and where it is kept; a command that takes it out again (`docker logout`,
// `git config --unset`) removes the file. What a tool is not given on its command line it does not
// write: `wandb login` with WANDB_API_KEY in its environment keeps nothing.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include "analyzer/model/image_command.h"

namespace oakum {

void ApplyStateTool(const SimpleCommand& command, RunRecorder& recorder, ShellState& state);

}  // namespace oakum
