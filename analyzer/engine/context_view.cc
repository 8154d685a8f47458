#include "analyzer/engine/context_view.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/engine/base_images.h"
#include "analyzer/engine/context_files.h"
#include "analyzer/engine/context_folders.h"

namespace oakum {
namespace {

std::vector<std::string> CredentialsFor(const Project& project, const Document& dockerfile) {
  std::vector<std::string> paths;
  for (const UsedContext& used : ContextsOf(project, project.build_sites(), dockerfile)) {
    for (ContextFile& file : CredentialsIn(project, project.build_sites(), used)) {
      paths.push_back(std::move(file.path));
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

}  // namespace

ContextView ContextOf(const Project& project, const Document& dockerfile) {
  ContextView context;
  const std::vector<std::string> folders = ContextFolders(dockerfile);
  context.is_folder = [&project, folders](std::string_view path) {
    for (const std::string& folder : folders) {
      const std::string whole = JoinPath(folder, path);
      if (project.Exists(whole)) return false;
      if (!project.FilesBelow(whole).empty()) return true;
    }
    return false;
  };
  context.file = [&project, &dockerfile](std::string_view path) -> const Source* {
    constexpr size_t kMaxScript = 256 << 10;
    const Document* found = FindInContext(project, dockerfile, path);
    const bool small = found && found->source().text().size() <= kMaxScript;
    return small ? &found->source() : nullptr;
  };
  auto known = std::make_shared<std::optional<std::vector<std::string>>>();
  context.credentials = [&project, &dockerfile, known]() -> const std::vector<std::string>& {
    if (!*known) *known = CredentialsFor(project, dockerfile);
    return **known;
  };
  context.base = [&project, &dockerfile](std::string_view name) {
    return project.base_images().Of(dockerfile, name);
  };
  return context;
}

}  // namespace oakum
