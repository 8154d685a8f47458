#include <string_view>
#include <utility>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/git_patterns.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

Json DumpPattern(std::string_view text, bool include, bool anchored, Span span) {
  return {{"text", text}, {"negated", include}, {"anchored", anchored}, {"span", DumpSpan(span)}};
}

// Every pattern of git's that has no '/' holds at every depth.
Json DumpGit(const MappedText& text) {
  const GitPatterns list = GitPatterns::Parse(text);
  Json patterns = Json::array();
  for (const GitPatterns::Pattern& pattern : list.patterns()) {
    patterns.push_back(DumpPattern(pattern.text, pattern.include, pattern.anchored, pattern.span));
    patterns.back()["folders_only"] = pattern.folders_only;
  }
  return {{"matcher", "git"}, {"patterns", std::move(patterns)}, {"errors", Json::array()}};
}

// Every pattern of BuildKit's is anchored, but for what `**` says.
Json DumpBuildkit(const MappedText& text) {
  const IgnoreFile file = IgnoreFile::Parse(text);
  Json patterns = Json::array();
  for (const IgnoreFile::Pattern& pattern : file.patterns()) {
    patterns.push_back(
        DumpPattern(pattern.text, pattern.include, !pattern.text.starts_with("**"), pattern.span));
  }
  return {{"matcher", "buildkit"},
          {"patterns", std::move(patterns)},
          {"errors", DumpErrors(file.errors())}};
}

}  // namespace

// The name says who reads the file; what comes without one is taken for a .dockerignore.
Json DumpIgnoreFile(const Source& source) {
  const bool git = source.name() == ".gitignore" || source.name() == ".rayignore";
  return git ? DumpGit(source.body()) : DumpBuildkit(source.body());
}

}  // namespace oakum
