// The files of a stage while it is replayed: which creation stands at which path.
//
// Shared by the replay of COPY and ADD and by that of RUN scripts. A RUN that branches keeps
// several of these and joins them: a path then stands for every creation that may be there.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/image_build.h"

namespace oakum {

class ImageFiles {
 public:
  using Creations = std::set<uint32_t>;

  // What may stand at exactly this path, or null.
  const Creations* At(std::string_view path) const;
  void Put(const std::string& path, uint32_t creation) { files_[path] = {creation}; }
  void Add(const std::string& path, uint32_t creation) { files_[path].insert(creation); }

  // The paths that `pattern` names: itself and, for a folder, all below. `*` and `?` do not cross
  // '/'.
  std::vector<std::string> Matching(std::string_view pattern, bool below) const;
  // Takes paths out and returns what stood there.
  Creations Remove(const std::vector<std::string>& paths);
  Creations AllAt(const std::vector<std::string>& paths) const;

  // What may be there after either of two ways.
  void Join(const ImageFiles& other);
  bool Holds(uint32_t creation) const;
  const std::map<std::string, Creations, std::less<>>& all() const { return files_; }

 private:
  std::map<std::string, Creations, std::less<>> files_;
};

// Whether `path` is `folder` or lies below it.
bool IsWithin(std::string_view path, std::string_view folder);

}  // namespace oakum
