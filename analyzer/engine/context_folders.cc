#include "analyzer/engine/context_folders.h"

#include "analyzer/base/path.h"

namespace oakum {

std::vector<std::string> ContextFolders(const Document& dockerfile) {
  std::vector<std::string> folders;
  std::string_view folder = ParentPath(dockerfile.path());
  for (; !folder.empty() && folder != "/"; folder = ParentPath(folder)) {
    folders.emplace_back(folder);
  }
  folders.emplace_back();
  return folders;
}

const Document* FindInContext(const Project& project, const Document& dockerfile,
                              std::string_view path) {
  for (const std::string& folder : ContextFolders(dockerfile)) {
    const std::string whole = JoinPath(folder, path);
    if (const Document* found = project.CredentialFile(whole)) return found;
    if (const Document* found = project.Find(whole)) return found;
  }
  return nullptr;
}

}  // namespace oakum
