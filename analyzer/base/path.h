// Paths as text: '/'-separated, cleaned and joined without asking any file system.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace oakum {

// Lexically cleaned: no ".", no "..", no doubled or trailing '/'. A ".." that would leave a
// relative path is kept. "" and "." give ".".
std::string CleanPath(std::string_view path);
// `base` and `path` joined and cleaned; an absolute `path` stands alone.
std::string JoinPath(std::string_view base, std::string_view path);
// The folder a path is in: "" for a bare name.
std::string_view ParentPath(std::string_view path);
// The last segment.
std::string_view BaseName(std::string_view path);

}  // namespace oakum
