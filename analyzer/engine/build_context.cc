#include "analyzer/engine/build_context.h"

#include <algorithm>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

bool IsPattern(std::string_view source) {
  return source.find_first_of("*?[") != source.npos;
}

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

// What the Dockerfile copies by name.
std::vector<std::string_view> NamedSources(const ImageBuild& image) {
  std::vector<std::string_view> sources;
  for (const FileEvent& event : image.events) {
    const bool copied = event.action == FileAction::kCreate && !event.in_run &&
                        event.origin == FileOrigin::kContext;
    if (copied && event.source != "." && !IsPattern(event.source) &&
        event.source.find("${") == std::string::npos) {
      sources.emplace_back(event.source);
    }
  }
  return sources;
}

// Whether a folder has what builds an image and nothing that would be in one.
bool HasOnlyBuildFiles(const Project& project, const std::string& folder) {
  const auto is_build_file = [](std::string_view path) {
    const std::string_view name = BaseName(path);
    for (const std::string_view part : {"ockerfile", "ontainerfile", "dockerignore", "compose"}) {
      if (name.find(part) != name.npos) return true;
    }
    return name.ends_with(".sh") || name.ends_with(".md") || name.ends_with(".hcl");
  };
  const std::vector<std::string_view> files = project.FilesBelow(folder);
  return std::all_of(files.begin(), files.end(), is_build_file);
}

// The nearest folder, from the Dockerfile's own upward, that has what the Dockerfile copies by
// name; where it names nothing, the nearest that has more than what builds an image.
std::string LikelyContext(const Project& project, const Document& dockerfile) {
  std::string own = CleanPath(ParentPath(dockerfile.path()));
  const std::vector<std::string_view> sources = NamedSources(*dockerfile.facts().image);
  for (std::string folder = own; !sources.empty(); folder = CleanPath(ParentPath(folder))) {
    const bool has_all = std::all_of(sources.begin(), sources.end(), [&](std::string_view source) {
      const std::string path = JoinPath(folder, source);
      return project.Exists(path) || !project.FilesBelow(path).empty();
    });
    if (has_all) return folder;
    if (folder == "." || folder == "/") break;
  }
  while (sources.empty() && own != "." && own != "/" && HasOnlyBuildFiles(project, own)) {
    own = CleanPath(ParentPath(own));
  }
  return own;
}

IgnoreFile ExcludesOf(const FileEvent& event) {
  std::string text;
  for (const std::string& pattern : event.excludes) text += pattern + "\n";
  return IgnoreFile::Parse(MappedText::Verbatim(text, 0));
}

}  // namespace

std::string_view PathBelow(std::string_view path, std::string_view folder) {
  if (folder == ".") return path.starts_with("..") ? std::string_view() : path;
  if (path.size() <= folder.size() || !path.starts_with(folder) || path[folder.size()] != '/') {
    return {};
  }
  return path.substr(folder.size() + 1);
}

bool TakesAlong(const FileEvent& event, std::string_view path) {
  if (event.action != FileAction::kCreate || event.in_run || event.origin != FileOrigin::kContext ||
      event.source.find("${") != std::string::npos) {
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

std::string PathInImage(const FileEvent& event, const std::string& path) {
  const bool whole = event.source == ".";
  const std::string_view below = whole ? path : PathBelow(path, event.source);
  if (!below.empty()) return JoinPath(event.path, below);
  return JoinPath(ParentPath(event.path), BaseName(path));  // by a pattern
}

const FileEvent* RemovalOf(const ImageBuild& image, uint32_t creation, const std::string& path) {
  for (uint32_t i = creation + 1; i < image.events.size(); ++i) {
    const FileEvent& event = image.events[i];
    const bool same = path == event.path || !PathBelow(path, event.path).empty();
    if (event.action == FileAction::kRemove && same) return &event;
  }
  return nullptr;
}

BuildContext::BuildContext(const Project& project, const BuildSite& site)
    : dockerfile_(site.dockerfile), folder_(site.context) {
  if (!site.local) return;
  const std::string& tool = site.request.tool;
  ReadIgnoreFile(project, tool.starts_with("podman") || tool.starts_with("buildah") ||
                              tool.starts_with("redhat-actions"));
}

BuildContext::BuildContext(const Project& project, const Document& dockerfile)
    : dockerfile_(&dockerfile), folder_(LikelyContext(project, dockerfile)) {
  ReadIgnoreFile(project, dockerfile.source().name().starts_with("Containerfile"));
}

void BuildContext::ReadIgnoreFile(const Project& project, bool podman) {
  const Document* root = nullptr;
  if (podman) root = project.Find(JoinPath(folder_, ".containerignore"));
  if (root == nullptr) root = project.Find(JoinPath(folder_, ".dockerignore"));
  const Document* own =
      dockerfile_ == nullptr ? nullptr : project.Find(dockerfile_->path() + ".dockerignore");
  ignore_document_ = own != nullptr ? own : root;
  replaces_root_ = own != nullptr && root != nullptr;
  if (ignore_document_ != nullptr) ignore_ = IgnoreFile::Parse(ignore_document_->source().body());
}

std::string_view BuildContext::Within(std::string_view path) const {
  return PathBelow(path, folder_);
}

bool BuildContext::Excludes(std::string_view path) const {
  return ignore_.Excludes(path);
}

const IgnoreFile::Pattern* BuildContext::RootOnlyPattern(std::string_view path) const {
  const size_t slash = path.rfind('/');
  if (slash == path.npos) return nullptr;
  const std::string_view name = path.substr(slash + 1);
  for (const IgnoreFile::Pattern& pattern : ignore_.patterns()) {
    const bool of_root = pattern.text.find('/') == std::string::npos;
    if (!pattern.include && of_root && pattern.text != "*" &&
        MatchesIgnorePattern(pattern.text, name)) {
      return &pattern;
    }
  }
  return nullptr;
}

std::vector<uint32_t> BuildContext::TakenBy(std::string_view path) const {
  std::vector<uint32_t> events;
  if (dockerfile_ == nullptr) return events;
  const ImageBuild& image = *dockerfile_->facts().image;
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    if (TakesAlong(image.events[i], path)) events.push_back(i);
  }
  return events;
}

}  // namespace oakum
