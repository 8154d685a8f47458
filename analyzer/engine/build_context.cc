#include "analyzer/engine/build_context.h"

#include <algorithm>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/context_source.h"

namespace oakum {

namespace {

// What the Dockerfile copies by name.
std::vector<std::string_view> NamedSources(const Document& dockerfile) {
  std::vector<std::string_view> sources;
  for (const std::string& source : dockerfile.facts().context_sources) {
    if (source != "." && !IsPattern(source) && source.find("${") == std::string::npos) {
      sources.emplace_back(source);
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
  const std::vector<std::string_view> sources = NamedSources(dockerfile);
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

}  // namespace

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
  const ImageBuild& image = *dockerfile_->image();
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    if (TakesAlong(image.events[i], path)) events.push_back(i);
  }
  return events;
}

}  // namespace oakum
