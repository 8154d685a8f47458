// .dockerignore: reading one and asking whether a path of the build context is left out
// (dockerfile.md 1.11; moby/patternmatcher).
//
// Patterns are anchored at the context root, which is the opposite of git: `.netrc` leaves out the
// root's file alone. `*` and `?` do not cross '/', `**` does; a pattern that matches a folder
// leaves out all below it; the last pattern that matches wins; `!` takes back in.
//
// Matching is iterative, with work bounded by pattern times path length.
//
// Thread-safety: immutable after construction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/result.h"

namespace oakum {

class IgnoreFile {
 public:
  struct Pattern {
    std::string text;      // cleaned, without '!'
    bool include = false;  // begins with '!'
    Span span;             // as written
  };

  // Patterns that BuildKit rejects (a lone '!', brackets that do not close) are left out and are in
  // errors(); the build fails there.
  static IgnoreFile Parse(const MappedText& text);

  const std::vector<Pattern>& patterns() const { return patterns_; }
  const std::vector<Error>& errors() const { return errors_; }

  // Whether `path`, relative to the context, is left out.
  bool Excludes(std::string_view path) const;
  // The pattern that decides about `path`, or null if none matches it.
  const Pattern* Deciding(std::string_view path) const;

 private:
  std::vector<Pattern> patterns_;
  std::vector<Error> errors_;
};

// Whether one cleaned pattern matches one path, without regard to the path's folders.
bool MatchesIgnorePattern(std::string_view pattern, std::string_view path);

}  // namespace oakum
