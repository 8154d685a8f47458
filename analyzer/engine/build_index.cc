#include "analyzer/engine/build_index.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/ci_matrix.h"

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

bool SaysWhatItBuilds(const BuildRequest& request) {
  return !request.context.empty() || !request.dockerfile.empty();
}

std::string ServiceKey(const Document& compose, std::string_view service) {
  return fmt::format("{}\n{}", ParentPath(compose.path()), service);
}

// The path of its Dockerfile, where a text of its own is put in for every hole.
Value FileOf(const BuildRequest& request) {
  const bool in_context = request.dockerfile_in_context && !request.context.empty();
  if (!request.dockerfile.empty() && !in_context) return request.dockerfile;
  Value::Builder file;
  file.Append(request.context);
  const uint32_t end = request.context.ToSource().end;
  file.AppendDecoded("/", {end, end});
  if (request.dockerfile.empty()) {
    file.AppendDecoded("Dockerfile", {end, end});
  } else {
    file.Append(request.dockerfile);
  }
  return std::move(file).Build();
}

// Whether one build is there for several Dockerfiles: a matrix or an input, or a variable in the
// middle of the path, which a loop or a parameter sets. One at its beginning is some root.
bool Varies(const Value& file) {
  return std::any_of(file.holes().begin(), file.holes().end(), [&file](const auto& placed) {
    return placed.hole.name.starts_with("matrix.") || placed.hole.name.starts_with("inputs.") ||
           (placed.position > 0 && file.text()[placed.position - 1] != Value::kHoleByte &&
            file.text().substr(0, placed.position).find_first_not_of("./") !=
                std::string_view::npos);
  });
}

// Whether a path of the tree ends in what is known of `file`, each hole being a text of its own.
bool Fits(std::string_view path, const Value& file) {
  const std::string slashed = fmt::format("/{}", path);
  std::string_view known = file.text();
  if (known.starts_with("./")) known.remove_prefix(2);
  if (file.holes().empty()) return slashed.ends_with(fmt::format("/{}", known));
  const size_t skipped = file.text().size() - known.size();
  std::string_view rest = slashed;
  size_t end = known.size();
  for (auto hole = file.holes().rbegin(); hole != file.holes().rend(); ++hole) {
    const size_t at = hole->position - skipped;
    const std::string_view piece = known.substr(at + 1, end - at - 1);
    const size_t found = rest.rfind(piece);
    const bool last = end == known.size();
    if (found == rest.npos || (last && !rest.ends_with(piece))) return false;
    rest = rest.substr(0, found);
    end = at;
  }
  const std::string_view head = known.substr(0, end);
  return head.empty() || (rest.size() > head.size() + 1 && rest.substr(1).starts_with(head));
}

std::string FileNameOf(const BuildRequest& request) {
  const std::string file = KnownPath(request.dockerfile);
  return file.empty() ? "Dockerfile" : std::string(BaseName(file));
}

// The job that the request or command belongs to, or null.
template <typename IsIts>
const CiJob* JobWith(const Facts& facts, IsIts is_its) {
  for (const CiJob& job : facts.ci_jobs) {
    if (std::any_of(job.steps.begin(), job.steps.end(), is_its)) return &job;
  }
  return nullptr;
}

const CiJob* JobOfRequest(const Facts& facts, uint32_t request) {
  return JobWith(facts, [request](const CiStep& step) { return step.build == request; });
}

const CiJob* JobOfCommand(const Facts& facts, uint32_t command) {
  return JobWith(facts, [command](const CiStep& step) {
    return step.first_command <= command && command < step.end_command;
  });
}

}  // namespace

BuildIndex::BuildIndex(const Project& project) : project_(project) {
  for (const Document* dockerfile : project.Of(Language::kDockerfile)) {
    by_name_[std::string(BaseName(dockerfile->path()))].push_back(dockerfile);
  }
  for (const auto& document : project.documents()) {
    for (const BuildRequest& request : document->facts().build_requests) {
      const bool service = request.base == BuildRequest::Base::kFile && SaysWhatItBuilds(request);
      if (service) {
        services_[ServiceKey(*document, request.service)].push_back({document.get(), request});
      }
    }
  }
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (uint32_t i = 0; i < facts.build_requests.size(); ++i) {
      Add(*document, facts.build_requests[i], JobOfRequest(facts, i));
    }
    for (uint32_t i = 0; i < facts.commands.size(); ++i) {
      // A code block in prose tells how one may build, not how it is done.
      if (facts.commands[i].host == CommandHost::kDocument) continue;
      const auto request = BuildRequestOf(facts.commands[i]);
      if (request) Add(*document, *request, JobOfCommand(facts, i));
    }
  }
}

void BuildIndex::Add(const Document& document, const BuildRequest& request, const CiJob* job) {
  for (BuildRequest& each : RequestsOf(request, job)) {
    for (const Document* dockerfile : DockerfilesOf(document, each)) {
      builds_[dockerfile].push_back({&document, each});
    }
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

std::vector<const Document*> BuildIndex::DockerfilesOfService(const Document& compose,
                                                              std::string_view service) const {
  const auto others = services_.find(ServiceKey(compose, service));
  if (others == services_.end()) return {};
  for (const PlacedBuild& other : others->second) {
    std::vector<const Document*> found = WherePathsSay(*other.document, other.request);
    if (!found.empty()) return found;
  }
  return {};
}

std::vector<const Document*> BuildIndex::WithItsName(const BuildRequest& request) const {
  const Value file = FileOf(request);
  std::vector<const Document*> found;
  if (Varies(file)) {
    for (const Document* dockerfile : project_.Of(Language::kDockerfile)) {
      if (Fits(dockerfile->path(), file)) found.push_back(dockerfile);
    }
    return found;
  }
  // The only one of the name is it, wherever the script runs.
  const auto named = by_name_.find(FileNameOf(request));
  if (named == by_name_.end() || named->second.size() != 1) return {};
  if (Fits(named->second[0]->path(), file)) found = named->second;
  return found;
}

std::vector<const Document*> BuildIndex::FilesOverridden(const Document& document,
                                                         const BuildRequest& request) const {
  std::vector<std::string> names{"compose.yaml", "compose.yml", "docker-compose.yml",
                                 "docker-compose.yaml"};
  if (request.tool.find("bake") != std::string::npos) {
    names.insert(names.end(), {"docker-bake.hcl", "docker-bake.json", "docker-bake.override.hcl"});
  }
  if (!request.described_in.empty()) names = {KnownPath(request.described_in)};
  std::vector<const Document*> files;
  for (const std::string& base : BasesOf(request, document.path())) {
    for (const std::string& name : names) {
      const Document* const file = project_.Find(JoinPath(base, name));
      if (file != nullptr && !file->facts().build_requests.empty()) files.push_back(file);
    }
    if (!files.empty()) return files;
  }
  // Its working directory is not known: the only one of such a name.
  for (const auto& [service, places] : services_) {
    for (const PlacedBuild& place : places) {
      const std::string_view base = BaseName(place.document->path());
      const bool named = std::any_of(names.begin(), names.end(), [base](const std::string& name) {
        return BaseName(name) == base;
      });
      if (!named) continue;
      if (!files.empty() && files.front() != place.document) return {};
      files = {place.document};
    }
  }
  return files;
}

std::vector<const Document*> BuildIndex::OfOverridden(const Document& document,
                                                      const BuildRequest& request) const {
  std::vector<const Document*> found;
  for (const Document* file : FilesOverridden(document, request)) {
    for (const BuildRequest& described : file->facts().build_requests) {
      if (described.base != BuildRequest::Base::kFile || described.overrides) continue;
      const std::vector<const Document*> built = DockerfilesOf(*file, described);
      found.insert(found.end(), built.begin(), built.end());
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Document* a, const Document* b) { return a->path() < b->path(); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<const Document*> BuildIndex::DockerfilesOf(const Document& document,
                                                       const BuildRequest& request) const {
  if (request.overrides) {
    std::vector<const Document*> overridden = OfOverridden(document, request);
    if (!overridden.empty()) return overridden;
  }
  const bool service = request.base == BuildRequest::Base::kFile;
  if (service && !SaysWhatItBuilds(request)) {
    std::vector<const Document*> same = DockerfilesOfService(document, request.service);
    if (!same.empty()) return same;
  }
  std::vector<const Document*> found = WherePathsSay(document, request);
  if (found.empty() && MayBeElsewhere(request)) found = WithItsName(request);
  return found;
}

}  // namespace oakum
