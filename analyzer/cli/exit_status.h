// What oakum tells its caller when it ends. Stable: scripts and CI depend on it.
#pragma once

namespace oakum {

enum ExitStatus : int {
  kExitClean = 0,         // nothing at or above --fail-on
  kExitFindings = 1,      // something at or above --fail-on
  kExitError = 2,         // wrong usage, a named path that cannot be read, an internal error
  kExitInterrupted = 130  // Ctrl-C; as a shell reports SIGINT
};

}  // namespace oakum
