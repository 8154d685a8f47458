#include "analyzer/model/gitlab_files.h"

#include <algorithm>
#include <string>
#include <utility>

namespace oakum {

GitlabFiles::GitlabFiles(const YamlNode& root, const Source& source, const ModuleFinder& find,
                         Facts& facts)
    : find_(find), facts_(facts), end_(static_cast<uint32_t>(source.text().size())) {
  if (!facts.parts.empty()) {
    const TextPart& last = facts.parts.back();
    end_ = last.begin + static_cast<uint32_t>(last.source->text().size());
  }
  roots_.push_back(&root);
  if (!find_) return;
  paths_.insert(source.path());
  Include(root["include"], source.path());
  // Of the included files the last one counts first.
  std::reverse(roots_.begin() + 1, roots_.end());
}

// A path, `local: path`, or a list of such.
void GitlabFiles::Include(const YamlNode& entry, std::string_view includer) {
  if (entry.IsScalar()) return Add(entry.text(), includer);
  if (entry.IsMapping()) return Add(entry["local"].text(), includer);
  for (const YamlEntry& each : entry.entries) {
    if (!each.value->IsSequence()) Include(*each.value, includer);
  }
}

void GitlabFiles::Add(std::string_view path, std::string_view includer) {
  if (path.empty() || path.find("://") != path.npos || trees_.size() >= kMaxGitlabFiles) return;
  const Source* found = find_(includer, path);
  if (found == nullptr || !paths_.insert(found->path()).second) return;
  const uint32_t begin = end_ + 1;
  facts_.parts.push_back({begin, found});
  end_ = begin + static_cast<uint32_t>(found->text().size());
  trees_.push_back(ParseYaml(Value(MappedText::Verbatim(found->text(), begin))));
  const auto& documents = trees_.back().documents();
  // In front of the pipeline there may be a header with its inputs.
  if (documents.empty() || !documents.back()->IsMapping()) return;
  Include((*documents.back())["include"], found->path());
  roots_.push_back(documents.back());
}

std::vector<const YamlNode*> GitlabFiles::Named(std::string_view key) const {
  std::vector<const YamlNode*> nodes;
  for (const YamlNode* root : roots_) {
    if (root->Find(key) != nullptr) nodes.push_back(&(*root)[key]);
  }
  return nodes;
}

bool MayIncludeFiles(std::string_view yaml) {
  return yaml.starts_with("include:") || yaml.find("\ninclude:") != yaml.npos;
}

}  // namespace oakum
