#include "analyzer/engine/module_link.h"

#include <algorithm>
#include <string>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

constexpr int kMaxHops = 4;  // a package's __init__.py that passes on what another one passes on

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

ImportedText Find(const Project& project, const Document& from, std::string_view name, int hops);

// `member` of the module that `document` is.
ImportedText FindIn(const Project& project, const Document& document, std::string_view member,
                    int hops) {
  ImportedText result{&document, {}};
  for (const ModuleExport& text : document.facts().module_exports) {
    if (text.name == member) result.texts.push_back(&text);
  }
  if (!result.texts.empty() || hops == kMaxHops) return result;
  const std::string_view first = member.substr(0, member.find_first_of(".("));
  for (const ModuleImport& import : document.facts().module_imports) {
    if (!import.name.empty() && import.name != first) continue;
    const std::string_view rest = import.name.empty() ? member : member.substr(import.name.size());
    ImportedText further = Find(project, document, import.from + std::string(rest), hops + 1);
    if (!further.texts.empty()) return further;
  }
  return {};
}

ImportedText Find(const Project& project, const Document& from, std::string_view name, int hops) {
  std::string_view folder = ParentPath(from.path());
  const size_t dots = std::min(name.find_first_not_of('.'), name.size());
  for (size_t up = 1; up < dots; ++up) folder = ParentPath(folder);
  const std::string_view path = name.substr(dots);
  for (size_t dot = path.rfind('.');; dot = dot == 0 ? path.npos : path.rfind('.', dot - 1)) {
    const bool here = dot == path.npos;  // `from . import NAME`
    if (here && dots == 0) return {};
    std::string module(here ? std::string_view() : path.substr(0, dot));
    std::replace(module.begin(), module.end(), '.', '/');
    const Document* document =
        dots > 0 ? FindModuleIn(project, folder, module) : FindModule(project, folder, module);
    if (document && document != &from) {
      ImportedText found = FindIn(project, *document, here ? path : path.substr(dot + 1), hops);
      if (!found.texts.empty()) return found;
    }
    if (here) return {};
  }
}

}  // namespace

ImportedText FindImported(const Project& project, const Document& from, std::string_view name) {
  return Find(project, from, name, 0);
}

}  // namespace oakum
