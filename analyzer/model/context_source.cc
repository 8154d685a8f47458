#include "analyzer/model/context_source.h"

#include <algorithm>

#include "analyzer/base/path.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {
namespace {

// Where the part of `path` ends that `source` names itself: npos if it names none of it.
size_t NamedPart(std::string_view source, std::string_view path) {
  if (source == ".") return 0;
  if (!IsPattern(source)) {
    const bool names =
        path.starts_with(source) && (path.size() == source.size() || path[source.size()] == '/');
    return names ? source.size() : path.npos;
  }
  for (size_t slash = path.find('/');; slash = path.find('/', slash + 1)) {
    const size_t end = std::min(slash, path.size());
    if (MatchesIgnorePattern(source, path.substr(0, end))) return end;
    if (slash == path.npos) return path.npos;
  }
}

IgnoreFile ExcludesOf(const FileEvent& event) {
  std::string text;
  for (const std::string& pattern : event.excludes) text += pattern + "\n";
  return IgnoreFile::Parse(MappedText::Verbatim(text, 0));
}

}  // namespace

bool IsRemoteSource(std::string_view source) {
  return source.starts_with("http://") || source.starts_with("https://") ||
         source.starts_with("git@") || source.starts_with("ssh://") || source.starts_with("git://");
}

std::string ContextPathOf(std::string_view source) {
  std::string clean = CleanPath(source);
  if (clean.size() > 1 && clean[0] == '/') clean.erase(0, 1);
  return clean == "/" ? "." : clean;
}

bool IsPattern(std::string_view source) {
  return source.find_first_of("*?[") != source.npos;
}

std::string_view PathBelow(std::string_view path, std::string_view folder) {
  if (folder == ".") return path.starts_with("..") ? std::string_view() : path;
  if (path.size() <= folder.size() || !path.starts_with(folder) || path[folder.size()] != '/') {
    return {};
  }
  return path.substr(folder.size() + 1);
}

bool TakesAlong(const FileEvent& event, std::string_view path) {
  if (event.action != FileAction::kCreate || event.in_run || event.along != kNoIndex ||
      event.origin != FileOrigin::kContext || event.source.find("${") != std::string::npos) {
    return false;
  }
  const size_t named = NamedPart(event.source, path);
  if (named == path.npos) return false;
  // A literal name is the author's choice.
  if (named == path.size() && !IsPattern(event.source)) return false;
  if (event.excludes.empty()) return true;
  const size_t below = named == path.size() ? path.rfind('/') + 1 : named + (named > 0 ? 1 : 0);
  return !ExcludesOf(event).Excludes(path.substr(below));
}

std::string PathInImage(const FileEvent& event, std::string_view path) {
  if (event.source == ".") return JoinPath(event.path, path);
  const size_t named = NamedPart(event.source, path);
  if (!IsPattern(event.source)) return JoinPath(event.path, path.substr(named + 1));
  // The creation stands for all that match: its own name is the pattern's.
  const bool under_pattern = BaseName(event.path) == BaseName(event.source);
  const std::string_view folder = under_pattern ? ParentPath(event.path) : event.path;
  return JoinPath(folder, named == path.size() ? BaseName(path) : path.substr(named + 1));
}

}  // namespace oakum
