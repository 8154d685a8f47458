// Programs that only start another program, taken off a command line.
//
// sudo, env, time, timeout, xargs and their like; shells with `-c`; `python -m MODULE`; runners
// such as `uv run`, `poetry run` and `conda run`; `ray job submit -- ...`, which is a command of
// its own and starts another. One table row a wrapper (wrappers.cc).
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct Unwrapped {
  std::vector<Value> argv;              // the program that does the work; empty if `script` is set
  size_t taken = 0;                     // arguments that stood before it
  std::vector<Assignment> environment;  // NAME=value arguments of env and sudo
  bool sudo = false;
  bool other_user = false;
  std::optional<Value> script;  // the text of sh -c, su -c, eval
  bool reads_script = false;    // a shell without -c or file: the script is on its input
  std::vector<Value> before;    // what the runner does first: `uv run` installs from its options
  std::vector<Value> also;      // what follows `--` of a command that starts another elsewhere
};

Unwrapped Unwrap(std::vector<Value> argv);

}  // namespace oakum
