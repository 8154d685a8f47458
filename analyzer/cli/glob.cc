#include "analyzer/cli/glob.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

namespace oakum {

namespace {

std::vector<std::string> Split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const size_t end = std::min(path.find('/'), path.size());
    if (end > 0) segments.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return segments;
}

bool SegmentMatches(const std::string& pattern, const std::string& segment) {
  return fnmatch(pattern.c_str(), segment.c_str(), 0) == 0;
}

// The usual two-pointer match of '*', over whole segments: on a mismatch the last "**" takes one
// segment more. Never worse than quadratic.
bool SegmentsMatch(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  size_t p = 0;
  size_t s = 0;
  size_t star = pattern.size();
  size_t star_at = 0;
  while (s < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = p++;
      star_at = s;
    } else if (p < pattern.size() && SegmentMatches(pattern[p], path[s])) {
      ++p;
      ++s;
    } else if (star < pattern.size()) {
      p = star + 1;
      s = ++star_at;
    } else {
      return false;
    }
  }
  // A final "**" stands for what is inside, so it does not match the folder itself.
  return p == pattern.size();
}

}  // namespace

Globs::Globs(const std::vector<std::string>& patterns) {
  for (std::string_view pattern : patterns) {
    Glob glob;
    glob.negated = pattern.starts_with('!');
    if (glob.negated) pattern.remove_prefix(1);
    glob.folder_only = pattern.ends_with('/');
    if (glob.folder_only) pattern.remove_suffix(1);
    const bool anchored = pattern.find('/') != pattern.npos;
    if (pattern.starts_with("./")) pattern.remove_prefix(2);
    glob.segments = Split(pattern);
    if (glob.segments.empty()) continue;
    if (!anchored) glob.segments.insert(glob.segments.begin(), "**");
    globs_.push_back(std::move(glob));
  }
}

bool Globs::Matches(std::string_view path, bool is_folder) const {
  const std::vector<std::string> segments = Split(path);
  for (auto glob = globs_.rbegin(); glob != globs_.rend(); ++glob) {
    if (glob->folder_only && !is_folder) continue;
    if (SegmentsMatch(glob->segments, segments)) return !glob->negated;
  }
  return false;
}

bool Globs::ExcludesFile(std::string_view path) const {
  for (size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    if (slash > 0 && Matches(path.substr(0, slash), true)) return true;
  }
  return Matches(path, false);
}

}  // namespace oakum
