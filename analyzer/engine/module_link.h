// Which text a name means that a Python module imports from another module of the tree.
//
// `stream.artifacts.RULES` is RULES of stream/artifacts.py (or stream/artifacts/__init__.py),
// looked for in the folder of the importing file and in every folder above it, nearest first, also
// below a `src` there: what sys.path is at run time no file says. Relative imports start where
// their dots say. Of `stream.artifacts.Urls.rules` the longest part that is a module is the module.
// Names that a module only passes on are followed.
//
// Thread-safety: pure functions of an immutable Project, which must outlive the result.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/module_export.h"

namespace oakum {

struct ImportedText {
  const Document* document = nullptr;      // null if no document of the tree is meant
  std::vector<const ModuleExport*> texts;  // one for each branch that gives the name a text
};

// `name` as `from` has it: "stream.artifacts.RULES", ".settings.bundle_uri()".
ImportedText FindImported(const Project& project, const Document& from, std::string_view name);

}  // namespace oakum
