// What a source of COPY or ADD names in the build context, which files it takes along, and where in
// the image they end (dockerfile.md 1.10).
//
// A source that is a folder brings what is below it, not itself; a pattern brings what it matches,
// of folders again what is below. Paths are relative to the context and clean.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/model/image_build.h"

namespace oakum {

// Whether ADD fetches the source instead of looking for it in the context.
bool IsRemoteSource(std::string_view source);

// A source as written, as a path of the context: "." for all of it.
std::string ContextPathOf(std::string_view source);

bool IsPattern(std::string_view source);

// `path` relative to `folder`, both cleaned and relative to one place; empty if it is not below it.
std::string_view PathBelow(std::string_view path, std::string_view folder);

// Whether the creation takes `path` as a part of a folder or by a pattern, not by its own name.
bool TakesAlong(const FileEvent& event, std::string_view path);

// Where in the image `path` of the context ends. REQUIRES: the creation takes it along.
std::string PathInImage(const FileEvent& event, std::string_view path);

}  // namespace oakum
