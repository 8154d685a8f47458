#include "analyzer/engine/project.h"

#include <algorithm>
#include <utility>

namespace oakum {

Project::Project(std::vector<std::unique_ptr<Document>> documents)
    : documents_(std::move(documents)) {
  std::sort(documents_.begin(), documents_.end(),
            [](const auto& a, const auto& b) { return a->path() < b->path(); });
  for (const auto& document : documents_) by_path_.emplace(document->path(), document.get());
}

const Document* Project::Find(std::string_view path) const {
  auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

std::vector<const Document*> Project::Of(Language language) const {
  std::vector<const Document*> result;
  for (const auto& document : documents_) {
    if (document->language() == language) result.push_back(document.get());
  }
  return result;
}

}  // namespace oakum
