#include "analyzer/engine/module_link.h"

#include <algorithm>
#include <string>

#include "analyzer/base/path.h"
#include "analyzer/engine/project.h"

namespace oakum {

namespace {

const Source* FindIn(const Project& project, std::string_view folder, const std::string& module) {
  if (!module.empty()) {
    if (const Source* found = project.FindModule(JoinPath(folder, module + ".py"))) return found;
  }
  return project.FindModule(JoinPath(JoinPath(folder, module), "__init__.py"));
}

}  // namespace

const Source* FindModule(const Project& project, std::string_view importer,
                         std::string_view module) {
  std::string_view folder = ParentPath(importer);
  const size_t dots = std::min(module.find_first_not_of('.'), module.size());
  for (size_t up = 1; up < dots; ++up) folder = ParentPath(folder);
  std::string path(module.substr(dots));
  std::replace(path.begin(), path.end(), '.', '/');
  if (dots > 0) return FindIn(project, folder, path);
  while (true) {
    if (const Source* found = FindIn(project, folder, path)) return found;
    if (const Source* found = FindIn(project, JoinPath(folder, "src"), path)) return found;
    if (folder.empty() || folder == "." || folder == "/") return nullptr;
    folder = ParentPath(folder);
  }
}

const Source* FindIncluded(const Project& project, std::string_view includer,
                           std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  for (std::string_view folder = ParentPath(includer);; folder = ParentPath(folder)) {
    const Document* found = project.Find(folder.empty() ? CleanPath(path) : JoinPath(folder, path));
    if (found != nullptr && found->language() == Language::kYaml) return &found->file();
    if (folder.empty() || folder == "." || folder == "/") return nullptr;
  }
}

}  // namespace oakum
