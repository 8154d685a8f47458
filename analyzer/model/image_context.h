// What the folder that an image is built from holds, for a caller of BuildImage() who knows.
//
// Paths are relative to it and clean. Answers must stay the same while an image is built.
//
// Thread-safety: a view belongs to one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"

namespace oakum {

class DockerScope;

struct ContextView {
  std::function<bool(std::string_view path)> is_folder;
  // The text of a file, or null; must outlive the image.
  std::function<const Source*(std::string_view path)> file;
  // The credential files that the builder is given, by path. Asked only where a folder or a pattern
  // is copied; may be null.
  std::function<const std::vector<std::string>&()> credentials;
  // What an image that FROM names has at its end, if another Dockerfile of the tree makes it, or
  // null. Must outlive the image; may be null.
  std::function<const DockerScope*(std::string_view name)> base;
};

}  // namespace oakum
