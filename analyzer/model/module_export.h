// What a Python module gives to others that import from it, as far as it is a URI with a
// credential: a name of the module, a member of a dict or class there, what a function returns.
//
// Only texts that hold a credential are kept: everything else is of no use to whoever joins modules
// (engine/module_link.h). A function's parameters stay holes, whatever its callers pass.
//
// Thread-safety: plain values.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/model/runtime_env.h"

namespace oakum {

class PythonModule;
struct Facts;

struct ModuleExport {
  std::string name;           // "RULES", "bundle_uri()", "Settings.url", "URLS.model"
  RuntimeEnvPackage package;  // of no field yet
};

// A name that the module has from another one: `from .settings import BUNDLE` in `__init__.py`.
struct ModuleImport {
  std::string name;  // here; empty for `import *`
  std::string from;  // ".settings.BUNDLE"; of `import *` the module
};

// Whether a module may be there to pass on what others define: a package's `__init__.py`.
bool PassesNamesOn(std::string_view path, std::string_view text);

// Appends to facts.module_exports and facts.module_imports. `module` may have been asked other
// things before.
void AddModuleExports(PythonModule& module, Facts& facts);

}  // namespace oakum
