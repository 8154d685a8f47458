#include "analyzer/syntax/git_patterns.h"

#include <algorithm>
#include <utility>

#include "analyzer/syntax/ignorefile.h"

namespace oakum {

GitPatterns GitPatterns::Parse(const MappedText& text) {
  GitPatterns patterns;
  for (uint32_t at = 0; at < text.size();) {
    const auto end =
        static_cast<uint32_t>(std::min<size_t>(text.text().find('\n', at), text.size()));
    patterns.Add(text.Slice({at, end}));
    at = end + 1;
  }
  return patterns;
}

void GitPatterns::Add(const MappedText& whole) {
  std::string_view line = whole.text();
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) {
    line.remove_suffix(1);
  }
  if (line.empty() || line[0] == '#') return;
  Pattern pattern;
  pattern.span = whole.ToSource({0, static_cast<uint32_t>(line.size())});
  if (line[0] == '!') {
    pattern.include = true;
    line.remove_prefix(1);
  }
  if (line.starts_with("\\")) line.remove_prefix(1);
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  const bool path = line.find('/') != line.npos;
  if (line.starts_with("./")) line.remove_prefix(2);
  while (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  pattern.text = path ? std::string(line) : "**/" + std::string(line);
  pattern.anchored = !pattern.text.starts_with("**/");
  patterns_.push_back(std::move(pattern));
}

bool GitPatterns::Matches(std::string_view path) const {
  const bool folder = path.ends_with('/');
  if (folder) path.remove_suffix(1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->folders_only && !folder) continue;
    if (MatchesIgnorePattern(pattern->text, path)) return !pattern->include;
  }
  return false;
}

}  // namespace oakum
