#include "analyzer/engine/image_builds.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/image_config.h"

namespace oakum {

namespace {

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
  for (const PlacedBuild& build : project.builds().Of(dockerfile)) {
    if (auto found = ExposureBy(build, *dockerfile.image(), stage, reaches)) return found;
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

bool SetsFromSecret(const Facts& facts, std::string_view name) {
  return std::any_of(facts.settings.begin(), facts.settings.end(), [name](const Setting& setting) {
    return setting.name == name && setting.value.HasHole(HoleOrigin::kCiSecret);
  });
}

// Whether a CI variable of this name is filled in from a secret: in the file, or for a file that is
// no workflow itself in one of the workflows.
bool IsFromCiSecret(const Project& project, const Document& document, std::string_view name) {
  if (SetsFromSecret(document.facts(), name)) return true;
  const auto& documents = project.documents();
  return document.facts().ci_jobs.empty() &&
         std::any_of(documents.begin(), documents.end(), [name](const auto& other) {
           return !other->facts().ci_jobs.empty() && SetsFromSecret(other->facts(), name);
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

Passed PassedByHole(const Project& project, const Document& document, std::string_view argument,
                    const Hole& hole) {
  if (NamesPublic(argument)) return Passed::kNothing;
  if (hole.origin == HoleOrigin::kCommand) {
    return ReadsSecret(hole.name) ? Passed::kSecret : Passed::kNothing;
  }
  const std::string_view name = VariableOf(hole);
  if (hole.origin != HoleOrigin::kCiSecret && !IsFromCiSecret(project, document, name)) {
    return NamesSecret(name) ? Passed::kSecret : Passed::kNothing;
  }
  return NamesSetting(argument) || NamesSetting(name) ? Passed::kSetting : Passed::kSecret;
}

// Whether something that is filled in stands where a URI has its credential: a secret, whatever the
// ARG and the variable are called.
bool HasFilledCredential(const Value& text) {
  for (const Uri& uri : FindUris(text)) {
    for (const UriCredential& credential : CredentialsIn(uri)) {
      if (credential.kind != SecretKind::kInterpolated) continue;
      for (const Value::PlacedHole& placed : credential.secret.holes()) {
        if (!NamesSetting(VariableOf(placed.hole))) return true;
      }
    }
  }
  return false;
}

}  // namespace

bool DeclaresArgument(const Document& dockerfile, std::string_view name) {
  const ImageConfig* config = dockerfile.image_config();
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

Passed PassedBy(const Project& project, const Document& document, const BuildArgument& argument) {
  Hole variable;
  variable.name = argument.name;
  if (!argument.has_value) return PassedByHole(project, document, argument.name, variable);
  if (IsLiteralSecret(argument) || HasFilledCredential(argument.value)) return Passed::kSecret;
  Passed passed = Passed::kNothing;
  for (const Value::PlacedHole& placed : argument.value.holes()) {
    passed = std::max(passed, PassedByHole(project, document, argument.name, placed.hole));
  }
  return passed;
}

std::optional<Exposure> FindExposure(const Project& project, const Document& dockerfile,
                                     uint32_t creation) {
  const ImageBuild& image = *dockerfile.image();
  return FirstExposure(project, dockerfile, image.events[creation].stage, [&](uint32_t target) {
    return image.Reaches(creation, target) != kNoIndex;
  });
}

std::optional<Exposure> FindStageExposure(const Project& project, const Document& dockerfile,
                                          uint32_t stage) {
  const ImageBuild& image = *dockerfile.image();
  return FirstExposure(project, dockerfile, stage, [&](uint32_t target) {
    for (uint32_t at = target; at != kNoIndex; at = image.stages[at].parent) {
      if (at == stage) return true;
    }
    return false;
  });
}

}  // namespace oakum
