// What a program shows of its runtime_envs: print and log calls, and the headers it sends to a
// cluster.
//
// Which arguments name a runtime_env is decided by name and by value: `runtime_env`,
// `self.runtime_env`, a variable that folds to one, `ray.get_runtime_context().runtime_env`, and
// os.environ. What goes through a function that redacts or only counts is not shown.
//
// Thread-safety: as PythonModule.
#pragma once

#include <string>

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// Whether a name is one of a runtime_env: "runtime_env", "job_runtime_env_vars".
bool NamesRuntimeEnv(std::string_view name);

// `call` is CallOf(id). Appends to facts.runtime_env_prints.
void AddPrint(PythonModule& module, SyntaxTree::Id id, const PyObject& call, Facts& facts);

// JobSubmissionClient(headers={"Authorization": ...}) and requests to Ray's REST API; appends to
// facts.headers.
void AddHeaders(const PythonModule& module, const PyObject& call, Facts& facts);

}  // namespace oakum
