#include "analyzer/engine/module_link.h"

#include <algorithm>
#include <string>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

const Document* FindModuleIn(const Project& project, std::string_view folder,
                             const std::string& module) {
  if (!module.empty()) {
    if (const Document* found = project.Find(JoinPath(folder, module + ".py"))) return found;
  }
  return project.Find(JoinPath(JoinPath(folder, module), "__init__.py"));
}

// `module` as a path, from where a search along sys.path may find it.
const Document* FindModule(const Project& project, std::string_view folder,
                           const std::string& module) {
  while (true) {
    if (const Document* found = FindModuleIn(project, folder, module)) return found;
    if (const Document* found = FindModuleIn(project, JoinPath(folder, "src"), module)) {
      return found;
    }
    if (folder.empty() || folder == "." || folder == "/") return nullptr;
    folder = ParentPath(folder);
  }
}

}  // namespace

ImportedText FindImported(const Project& project, const Document& from, std::string_view name) {
  ImportedText result;
  const size_t dot = name.rfind('.');
  if (dot == name.npos) return result;
  std::string_view module = name.substr(0, dot);
  const std::string_view member = name.substr(dot + 1);

  std::string_view folder = ParentPath(from.path());
  const size_t dots = std::min(name.find_first_not_of('.'), name.size());
  if (dots > 0) {
    module.remove_prefix(std::min(dots, module.size()));
    for (size_t up = 1; up < dots; ++up) folder = ParentPath(folder);
  }
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  const Document* document =
      dots > 0 ? FindModuleIn(project, folder, path) : FindModule(project, folder, path);
  if (!document || document == &from) return result;
  result.document = document;
  for (const ModuleExport& text : document->facts().module_exports) {
    if (text.name == member) result.texts.push_back(&text);
  }
  return result;
}

}  // namespace oakum
