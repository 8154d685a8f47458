// Patterns of --exclude, in the syntax of .gitignore.
//
// A pattern with a '/' at its start or in its middle is anchored to the working directory, any
// other matches at every depth; '*', '?' and '[...]' stay within a segment, '**' spans segments, a
// '/' at the end asks for a folder, a leading '!' takes back what an earlier pattern left out. The
// last pattern that matches decides. What is below an excluded folder is excluded.
//
// Thread-safety: immutable after construction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum {

class Globs {
 public:
  explicit Globs(const std::vector<std::string>& patterns);

  bool empty() const { return globs_.empty(); }
  // `path` is cleaned and relative to the working directory. Its folders are not asked about.
  bool Matches(std::string_view path, bool is_folder) const;
  // Whether the file, or a folder it is in, matches.
  bool ExcludesFile(std::string_view path) const;

 private:
  struct Glob {
    std::vector<std::string> segments;
    bool folder_only = false;
    bool negated = false;
  };
  std::vector<Glob> globs_;
};

}  // namespace oakum
