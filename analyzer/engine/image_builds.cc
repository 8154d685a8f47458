#include "analyzer/engine/image_builds.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/model/build_request.h"

namespace oakum {

namespace {

// What is known of a path: all of it, or what follows its last hole.
std::string KnownPath(const Value& path) {
  std::string_view text = path.text();
  if (path.holes().empty()) return std::string(text);
  text.remove_prefix(path.holes().back().position + 1);
  while (text.starts_with('/')) text.remove_prefix(1);
  return std::string(text);
}

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

bool Builds(const BuildRequest& request, const Document& document, const Document& dockerfile) {
  if (request.context.text().find("://") != std::string_view::npos) return false;
  const std::string context = KnownPath(request.context);
  std::string file = KnownPath(request.dockerfile);
  if (file.empty()) {
    file = JoinPath(context, "Dockerfile");
  } else if (request.dockerfile_in_context) {
    file = JoinPath(context, file);
  }
  const std::vector<std::string> bases = BasesOf(request, document.path());
  return std::any_of(bases.begin(), bases.end(), [&](const std::string& base) {
    return CleanPath(JoinPath(base, file)) == CleanPath(dockerfile.path());
  });
}

std::optional<Exposure> ExposureBy(const BuildRequest& request, const Document& document,
                                   const Document& dockerfile, uint32_t creation) {
  const bool tells = !request.target.empty() || request.exports_all_stages;
  if (!tells || !Builds(request, document, dockerfile)) return std::nullopt;
  const ImageBuild& image = *dockerfile.facts().image;
  uint32_t target = static_cast<uint32_t>(image.stages.size()) - 1;
  if (!request.target.empty()) {
    target = image.StageNamed(request.target);
    if (target == kNone) return std::nullopt;
    if (image.Reaches(creation, target) != kNone) {
      return Exposure{{&document.source(), request.target_span},
                      fmt::format("built with --target {} in {}", request.target, document.path())};
    }
  }
  if (!request.exports_all_stages || !image.Needs(target, image.events[creation].stage)) {
    return std::nullopt;
  }
  return Exposure{{&document.source(), request.cache_span},
                  fmt::format("exported with the cache (mode=max) in {}", document.path())};
}

}  // namespace

std::optional<Exposure> FindExposure(const Project& project, const Document& dockerfile,
                                     uint32_t creation) {
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const BuildRequest& request : facts.build_requests) {
      if (auto found = ExposureBy(request, *document, dockerfile, creation)) return found;
    }
    for (const Command& command : facts.commands) {
      // A code block in prose tells how one may build, not how it is done.
      if (command.host == CommandHost::kDocument) continue;
      const std::optional<BuildRequest> request = BuildRequestOf(command);
      if (!request) continue;
      if (auto found = ExposureBy(*request, *document, dockerfile, creation)) return found;
    }
  }
  return std::nullopt;
}

}  // namespace oakum
