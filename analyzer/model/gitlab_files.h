// A GitLab pipeline as the files that it is written in: the one that is read, and those of the tree
// that it includes (`include: local:`), whose jobs, defaults and variables are merged with its own.
//
// The including file counts before the included, of these the last before the first. Where an
// included file's text begins in the space of offsets is in Facts::parts. A pattern, another
// project or a URL is not followed, nor is what lies beyond kMaxGitlabFiles.
// https://docs.gitlab.com/ci/yaml/includes/
//
// Thread-safety: one object belongs to one thread; its nodes live as long as it does.
#pragma once

#include <deque>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

inline constexpr size_t kMaxGitlabFiles = 32;

class GitlabFiles {
 public:
  // `find` may be null: then the file stands alone.
  GitlabFiles(const YamlNode& root, const Source& source, const ModuleFinder& find, Facts& facts);

  // The mappings of the files, those that count more first.
  const std::vector<const YamlNode*>& roots() const { return roots_; }
  // What the files have under this key, in the same order.
  std::vector<const YamlNode*> Named(std::string_view key) const;

 private:
  void Include(const YamlNode& entry, std::string_view includer);
  void Add(std::string_view path, std::string_view includer);

  const ModuleFinder& find_;
  Facts& facts_;
  uint32_t end_;  // of the last part
  std::set<std::string_view> paths_;
  std::deque<YamlTree> trees_;
  std::vector<const YamlNode*> roots_;
};

// Whether the file may be one that includes others, which must be there before it is understood.
bool MayIncludeFiles(std::string_view yaml);

}  // namespace oakum
