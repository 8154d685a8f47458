#include "analyzer/engine/image_builds.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/model/image_config.h"

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

// The Dockerfiles where the request's paths say, in path order.
std::vector<const Document*> NamedDockerfiles(const Project& project, const Document& document,
                                              const BuildRequest& request) {
  if (request.context.text().find("://") != std::string_view::npos) return {};
  const std::string context = KnownPath(request.context);
  std::string file = KnownPath(request.dockerfile);
  if (file.empty()) {
    file = JoinPath(context, "Dockerfile");
  } else if (request.dockerfile_in_context) {
    file = JoinPath(context, file);
  }
  std::vector<const Document*> found;
  for (const std::string& base : BasesOf(request, document.path())) {
    const Document* const there = project.Find(JoinPath(base, file));
    if (there != nullptr && there->language() == Language::kDockerfile) found.push_back(there);
  }
  std::sort(found.begin(), found.end(),
            [](const Document* a, const Document* b) { return a->path() < b->path(); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// A build whose Dockerfile is not where its paths say, because its working directory is not known,
// is one of the only Dockerfile of that name.
bool MayBeElsewhere(const BuildRequest& request) {
  const std::string_view context = request.context.text();
  const bool open = context.empty() || context == "." || !request.context.is_literal();
  return open && request.base != BuildRequest::Base::kFile;
}

std::string FileNameOf(const BuildRequest& request) {
  const std::string file = KnownPath(request.dockerfile);
  return file.empty() ? "Dockerfile" : std::string(BaseName(file));
}

// Calls `found` with every build that something in the tree asks for.
void ForEachBuild(const Project& project,
                  const std::function<void(const Document&, const BuildRequest&)>& found) {
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const BuildRequest& request : facts.build_requests) found(*document, request);
    for (const Command& command : facts.commands) {
      // A code block in prose tells how one may build, not how it is done.
      if (command.host == CommandHost::kDocument) continue;
      if (const auto request = BuildRequestOf(command)) found(*document, *request);
    }
  }
}

// The stage that a build makes an image of; none if the Dockerfile lacks it.
uint32_t TargetOf(const BuildRequest& request, const ImageBuild& image) {
  if (request.target.empty()) return static_cast<uint32_t>(image.stages.size()) - 1;
  return image.StageNamed(request.target);
}

Exposure ByTarget(const PlacedBuild& build) {
  return {
      {&build.document->source(), build.request.target_span},
      fmt::format("built with --target {} in {}", build.request.target, build.document->path())};
}

// What one build does with what is in `stage`; `reaches` says whether a target has it.
template <typename Reaches>
std::optional<Exposure> ExposureBy(const PlacedBuild& build, const ImageBuild& image,
                                   uint32_t stage, Reaches reaches) {
  const BuildRequest& request = build.request;
  if (request.target.empty() && !request.exports_all_stages) return std::nullopt;
  const uint32_t target = TargetOf(request, image);
  if (target == kNoIndex) return std::nullopt;
  if (!request.target.empty() && reaches(target)) return ByTarget(build);
  if (!request.exports_all_stages || !image.Needs(target, stage)) return std::nullopt;
  return Exposure{{&build.document->source(), request.cache_span},
                  fmt::format("exported with the cache (mode=max) in {}", build.document->path())};
}

template <typename Reaches>
std::optional<Exposure> FirstExposure(const Project& project, const Document& dockerfile,
                                      uint32_t stage, Reaches reaches) {
  for (const PlacedBuild& build : BuildsOf(project, dockerfile)) {
    if (auto found = ExposureBy(build, *dockerfile.image(project), stage, reaches)) return found;
  }
  return std::nullopt;
}

// Commands whose output is a secret: they read a credential file or ask a secret store.
bool ReadsSecret(std::string_view command) {
  static constexpr std::string_view kSigns[] = {
      "netrc",     "secret",      "Secret",    "token",   "Token",  "passw",   "vault ",
      "id_rsa",    "id_ed25519",  "pass show", "op read", ".npmrc", ".pypirc", "credential",
      "get-login", "gcloud auth", "keychain",  "TOKEN",   "PASSW",  "SECRET",  "pip.conf"};
  return std::any_of(std::begin(kSigns), std::end(kSigns), [command](std::string_view sign) {
    return command.find(sign) != command.npos;
  });
}

// Whether a CI variable of this name is filled in from a secret in the file.
bool IsFromCiSecret(const Facts& facts, std::string_view name) {
  return std::any_of(facts.settings.begin(), facts.settings.end(), [name](const Setting& setting) {
    return setting.name == name && setting.value.HasHole(HoleOrigin::kCiSecret);
  });
}

// `env.NPM_TOKEN` of a workflow names a variable; other expressions name what they are.
std::string_view VariableOf(const Hole& hole) {
  std::string_view name = hole.name;
  if (hole.origin == HoleOrigin::kCiExpression && name.starts_with("env.")) name.remove_prefix(4);
  return name;
}

// The last word of a name says that it is no secret, whoever keeps it.
bool NamesSetting(std::string_view name) {
  static constexpr std::string_view kSettings[] = {
      "account",     "bucket",   "cluster", "domain",     "dsn",  "email",  "endpoint", "env",
      "environment", "host",     "id",      "login",      "name", "org",    "port",     "project",
      "region",      "registry", "repo",    "repository", "tag",  "tenant", "uri",      "url",
      "user",        "username", "usr",     "version",    "zone"};
  if (NamesSecret(name) || NamesCredentialUrl(name)) return false;
  const std::string lower = ToLower(name);
  const std::string_view last = std::string_view(lower).substr(lower.find_last_of("_-.") + 1);
  return std::find(std::begin(kSettings), std::end(kSettings), last) != std::end(kSettings);
}

// Made to be seen by everybody who opens the page.
bool NamesPublic(std::string_view name) {
  return ToLower(name).find("public") != std::string::npos;
}

Passed PassedByHole(const Facts& facts, std::string_view argument, const Hole& hole) {
  if (NamesPublic(argument)) return Passed::kNothing;
  if (hole.origin == HoleOrigin::kCommand) {
    return ReadsSecret(hole.name) ? Passed::kSecret : Passed::kNothing;
  }
  const std::string_view name = VariableOf(hole);
  if (hole.origin != HoleOrigin::kCiSecret && !IsFromCiSecret(facts, name)) {
    return NamesSecret(name) ? Passed::kSecret : Passed::kNothing;
  }
  return NamesSetting(argument) || NamesSetting(name) ? Passed::kSetting : Passed::kSecret;
}

}  // namespace

std::vector<PlacedBuild> BuildsOf(const Project& project, const Document& dockerfile) {
  std::vector<PlacedBuild> builds;
  ForEachBuild(project, [&](const Document& document, const BuildRequest& request) {
    const std::vector<const Document*> read = DockerfilesOf(project, document, request);
    if (std::find(read.begin(), read.end(), &dockerfile) != read.end()) {
      builds.push_back({&document, request});
    }
  });
  return builds;
}

std::vector<const Document*> DockerfilesOf(const Project& project, const Document& document,
                                           const BuildRequest& request) {
  std::vector<const Document*> found = NamedDockerfiles(project, document, request);
  if (!found.empty() || !MayBeElsewhere(request)) return found;
  const std::string name = FileNameOf(request);
  for (const Document* dockerfile : project.Of(Language::kDockerfile)) {
    if (BaseName(dockerfile->path()) == name) found.push_back(dockerfile);
  }
  if (found.size() > 1) found.clear();
  return found;
}

bool DeclaresArgument(const Document& dockerfile, std::string_view name) {
  const ImageConfig* config = dockerfile.facts().image_config.get();
  return config && std::any_of(config->variables.begin(), config->variables.end(),
                               [name](const ImageVariable& variable) {
                                 return variable.kind == ImageVariable::Kind::kArg &&
                                        variable.stage != kNoIndex && variable.name == name;
                               });
}

bool IsLiteralSecret(const BuildArgument& argument) {
  return argument.has_value && argument.value.is_literal() &&
         JudgeNamedSecret(argument.name, argument.value.text()) == NamedSecret::kSecret;
}

Passed PassedBy(const Document& document, const BuildArgument& argument) {
  const Facts& facts = document.facts();
  Hole variable;
  variable.name = argument.name;
  if (!argument.has_value) return PassedByHole(facts, argument.name, variable);
  if (IsLiteralSecret(argument)) return Passed::kSecret;
  Passed passed = Passed::kNothing;
  for (const Value::PlacedHole& placed : argument.value.holes()) {
    passed = std::max(passed, PassedByHole(facts, argument.name, placed.hole));
  }
  return passed;
}

std::optional<Exposure> FindExposure(const Project& project, const Document& dockerfile,
                                     uint32_t creation) {
  const ImageBuild& image = *dockerfile.image(project);
  return FirstExposure(project, dockerfile, image.events[creation].stage, [&](uint32_t target) {
    return image.Reaches(creation, target) != kNoIndex;
  });
}

std::optional<Exposure> FindStageExposure(const Project& project, const Document& dockerfile,
                                          uint32_t stage) {
  const ImageBuild& image = *dockerfile.image(project);
  return FirstExposure(project, dockerfile, stage, [&](uint32_t target) {
    for (uint32_t at = target; at != kNoIndex; at = image.stages[at].parent) {
      if (at == stage) return true;
    }
    return false;
  });
}

}  // namespace oakum
