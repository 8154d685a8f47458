#include "analyzer/engine/build_index.h"

#include <algorithm>
#include <string_view>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/project.h"

namespace oakum {

namespace {

// The folders that the request's paths may be relative to.
std::vector<std::string> BasesOf(const BuildRequest& request, std::string_view document) {
  std::vector<std::string> bases;
  std::string_view folder = ParentPath(document);
  if (request.base == BuildRequest::Base::kFile) return {std::string(folder)};
  if (request.base == BuildRequest::Base::kRepository) {
    const size_t at = document.rfind(".github/");
    if (at != document.npos && (at == 0 || document[at - 1] == '/')) {
      return {at == 0 ? "" : std::string(document.substr(0, at - 1))};
    }
  }
  for (; !folder.empty() && folder != "/"; folder = ParentPath(folder)) bases.emplace_back(folder);
  bases.emplace_back();
  return bases;
}

// Whether its Dockerfile may be where no path says, as its working directory is not known.
bool MayBeElsewhere(const BuildRequest& request) {
  if (IsRemoteContext(request.context)) return false;
  const std::string_view context = request.context.text();
  const bool open = context.empty() || context == "." || !request.context.is_literal();
  return open && request.base != BuildRequest::Base::kFile;
}

std::string FileNameOf(const BuildRequest& request) {
  const std::string file = KnownPath(request.dockerfile);
  return file.empty() ? "Dockerfile" : std::string(BaseName(file));
}

}  // namespace

BuildIndex::BuildIndex(const Project& project) : project_(project) {
  for (const Document* dockerfile : project.Of(Language::kDockerfile)) {
    by_name_[std::string(BaseName(dockerfile->path()))].push_back(dockerfile);
  }
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const BuildRequest& request : facts.build_requests) Add(*document, request);
    for (const Command& command : facts.commands) {
      // A code block in prose tells how one may build, not how it is done.
      if (command.host == CommandHost::kDocument) continue;
      if (const auto request = BuildRequestOf(command)) Add(*document, *request);
    }
  }
}

void BuildIndex::Add(const Document& document, const BuildRequest& request) {
  for (const Document* dockerfile : DockerfilesOf(document, request)) {
    builds_[dockerfile].push_back({&document, request});
  }
}

const std::vector<PlacedBuild>& BuildIndex::Of(const Document& dockerfile) const {
  static const std::vector<PlacedBuild> kNone;
  const auto found = builds_.find(&dockerfile);
  return found == builds_.end() ? kNone : found->second;
}

std::vector<const Document*> BuildIndex::WherePathsSay(const Document& document,
                                                       const BuildRequest& request) const {
  if (IsRemoteContext(request.context)) return {};
  const std::string context = KnownPath(request.context);
  std::string file = KnownPath(request.dockerfile);
  if (file.empty()) {
    file = JoinPath(context, "Dockerfile");
  } else if (request.dockerfile_in_context) {
    file = JoinPath(context, file);
  }
  std::vector<const Document*> found;
  for (const std::string& base : BasesOf(request, document.path())) {
    const Document* const there = project_.Find(JoinPath(base, file));
    if (there != nullptr && there->language() == Language::kDockerfile) found.push_back(there);
  }
  std::sort(found.begin(), found.end(),
            [](const Document* a, const Document* b) { return a->path() < b->path(); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<const Document*> BuildIndex::DockerfilesOf(const Document& document,
                                                       const BuildRequest& request) const {
  std::vector<const Document*> found = WherePathsSay(document, request);
  if (!found.empty() || !MayBeElsewhere(request)) return found;
  const auto named = by_name_.find(FileNameOf(request));
  if (named != by_name_.end() && named->second.size() == 1) found = named->second;
  return found;
}

}  // namespace oakum
