// What a Python module gives to others that import from it, as far as it is a URI with a
// credential: a name of the module or what a function of it returns.
//
// Only texts that hold a credential are kept: everything else is of no use to whoever joins modules
// (engine/module_link.h). A function's parameters stay holes, whatever its callers pass.
//
// Thread-safety: plain values.
#pragma once

#include <string>

#include "analyzer/model/runtime_env.h"

namespace oakum {

class PythonModule;
struct Facts;

struct ModuleExport {
  std::string name;           // "RULES", "bundle_uri()"
  RuntimeEnvPackage package;  // of no field yet
};

// Appends to facts.module_exports. `module` may have been asked other things before.
void AddModuleExports(PythonModule& module, Facts& facts);

}  // namespace oakum
