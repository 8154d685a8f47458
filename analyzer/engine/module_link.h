// Which file of the tree a Python module is that another one imports, or a file that a pipeline
// includes.
//
// `stream.artifacts` is stream/artifacts.py or stream/artifacts/__init__.py, looked for in the
// folder of the importing file and in every folder above it, nearest first, also below a `src`
// there: what sys.path is at run time no file says. Relative imports start where their dots say.
//
// Thread-safety: a pure function of an immutable Project.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"

namespace oakum {

class Project;

// `module` as the file at `importer` has it: "stream.artifacts", ".settings", "." for the package
// itself. Null if the tree has none.
const Source* FindModule(const Project& project, std::string_view importer,
                         std::string_view module);

// The YAML file that one at `includer` includes by a path from the repository's root, which is the
// includer's folder where it is not that of the scan. Null if the tree has none.
const Source* FindIncluded(const Project& project, std::string_view includer,
                           std::string_view path);

}  // namespace oakum
