// The commands that a Python program starts: subprocess and os, task runners (invoke, Fabric, nox,
// doit), the sh library, paramiko, Airflow's operators, and helpers of any name whose text begins
// like a command of a tool that oakum knows.
//
// A list is an argv, a text is read by a shell; both go the way of every other command
// (lower_shell.h), with host kProgram.
//
// Thread-safety: as PythonModule.
#pragma once

#include <string_view>

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// Whether a program may start commands; whether by a task runner or the like.
bool MayStartProcess(std::string_view text);
bool MayRunTasks(std::string_view text);

// `call` is CallOf(id). The environment that the command is given (`env=`), or null.
const PyItem* AddProcess(PythonModule& module, SyntaxTree::Id id, const PyObject& call,
                         Facts& facts);

// Functions decorated as Airflow's @task.bash: what they return is a shell's text.
void AddBashTasks(PythonModule& module, Facts& facts);

// {"actions": ["git clone ...", ["pip", "install", ...]]}: a task of doit. `values` are those of
// the member.
void AddActions(PythonModule& module, const PyValues& values, Span span, Facts& facts);

}  // namespace oakum
