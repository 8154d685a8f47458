// Python that stands in another language: `python -c TEXT`, `python3 - <<'EOF'`, a script that a
// command writes to a file, the body of a RUN whose SHELL or first line says Python.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/model/facts.h"

namespace oakum {

// Whether a program of this name, or at this path, is a Python interpreter: python3, pypy3.10.
bool IsPythonInterpreter(std::string_view program);

// Whether one reads scripts of POSIX shells: sh, bash, dash, ksh; no fish, csh or pwsh.
bool IsPosixShell(std::string_view program);

// Appends what the programs that commands start or write hand over. Those that a Python program
// starts are left out, so that programs in programs end.
void CollectPrograms(Facts& facts);

}  // namespace oakum
