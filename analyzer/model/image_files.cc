#include "analyzer/model/image_files.h"

#include <algorithm>

#include "analyzer/syntax/ignorefile.h"

namespace oakum {

bool IsWithin(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

const ImageFiles::Creations* ImageFiles::At(std::string_view path) const {
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::vector<std::string> ImageFiles::Matching(std::string_view pattern, bool below) const {
  const bool glob = pattern.find_first_of("*?[") != pattern.npos;
  std::vector<std::string> paths;
  for (const auto& [path, creations] : files_) {
    bool matches = glob ? MatchesIgnorePattern(pattern, path) : path == pattern;
    if (!matches && below) {
      if (!glob) {
        matches = IsWithin(path, pattern);
      } else {
        for (size_t slash = path.find('/', 1); !matches && slash != path.npos;
             slash = path.find('/', slash + 1)) {
          matches = MatchesIgnorePattern(pattern, std::string_view(path).substr(0, slash));
        }
      }
    }
    if (matches) paths.push_back(path);
  }
  return paths;
}

ImageFiles::Creations ImageFiles::AllAt(const std::vector<std::string>& paths) const {
  Creations all;
  for (const std::string& path : paths) {
    if (const Creations* creations = At(path)) all.insert(creations->begin(), creations->end());
  }
  return all;
}

ImageFiles::Creations ImageFiles::Remove(const std::vector<std::string>& paths) {
  Creations removed = AllAt(paths);
  for (const std::string& path : paths) files_.erase(path);
  return removed;
}

void ImageFiles::Join(const ImageFiles& other) {
  for (const auto& [path, creations] : other.files_) {
    files_[path].insert(creations.begin(), creations.end());
  }
}

bool ImageFiles::Holds(uint32_t creation) const {
  return std::any_of(files_.begin(), files_.end(),
                     [creation](const auto& entry) { return entry.second.contains(creation); });
}

}  // namespace oakum
