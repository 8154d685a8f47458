// Ignore patterns as git reads them: .gitignore, .rayignore, the `excludes` of a runtime_env
// (gitignore(5)).
//
// A pattern with a '/' at its start or in its middle is anchored to the folder of its list, any
// other holds at every depth, which is the opposite of .dockerignore (ignorefile.h); a '/' at the
// end asks for a folder; `!` takes back in; the last pattern that matches decides.
//
// Thread-safety: const after the last Add().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"

namespace oakum {

class GitPatterns {
 public:
  struct Pattern {
    std::string text;           // as matched: "**/.env" for `.env`, "build" for `/build/`
    bool include = false;       // begins with '!'
    bool anchored = false;      // holds in the folder of the list alone
    bool folders_only = false;  // ends in '/'
    Span span;                  // as written
  };

  GitPatterns() = default;
  // A file's lines.
  static GitPatterns Parse(const MappedText& text);

  // One line.
  void Add(const MappedText& line);

  const std::vector<Pattern>& patterns() const { return patterns_; }

  // `path` is relative to the folder the list belongs to; a folder ends in '/'. Its folders are not
  // asked about.
  bool Matches(std::string_view path) const;

 private:
  std::vector<Pattern> patterns_;
};

}  // namespace oakum
