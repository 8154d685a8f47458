#include "rules/layer/image_secret.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/path_variable.h"

namespace oakum {
namespace {

// An ARG that a build fills in: without a default, or with one that may be anybody's.
bool IsOpen(const ImageVariable& arg) {
  if (!arg.has_value || arg.value.empty() || !arg.value.is_literal()) return true;
  return JudgeNamedSecret(arg.name, arg.value.text()) != NamedSecret::kHarmless;
}

Severity Lower(Severity severity) {
  return severity == Severity::kError ? Severity::kWarning : Severity::kNote;
}

}  // namespace

ImageSecrets::ImageSecrets(const Project& project, const Document& document)
    : project_(project),
      document_(document),
      image_(*document.image()),
      config_(*document.image_config()),
      exposures_(image_.stages.size()) {}

std::vector<Step> ImageSecrets::GivenBy(const ImageVariable& arg, Passed least) const {
  std::vector<Step> steps;
  for (const PlacedBuild& build : project_.builds().Of(document_)) {
    for (const BuildArgument& argument : build.request.arguments) {
      if (argument.name != arg.name || PassedBy(project_, *build.document, argument) < least)
        continue;
      steps.push_back({{&build.document->source(), argument.span},
                       fmt::format("the secret is passed to ARG {} here", arg.name)});
    }
  }
  return steps;
}

std::vector<Location> ImageSecrets::LiteralsGivenTo(const ImageVariable& arg) const {
  std::vector<Location> literals;
  for (const PlacedBuild& build : project_.builds().Of(document_)) {
    for (const BuildArgument& argument : build.request.arguments) {
      if (argument.name != arg.name || !IsLiteralSecret(argument)) continue;
      literals.push_back({&build.document->source(), argument.value.ToSource()});
    }
  }
  return literals;
}

bool ImageSecrets::IsSecretArg(const ImageVariable& arg) const {
  if (NamesSecret(arg.name) && IsOpen(arg)) return true;
  const bool literal = arg.has_value && arg.value.is_literal();
  if (literal && JudgeNamedSecret(arg.name, arg.value.text()) == NamedSecret::kSecret) return true;
  return !GivenBy(arg).empty();
}

std::vector<uint32_t> ImageSecrets::SecretArgsIn(const ImageVariable& variable) const {
  std::vector<uint32_t> found;
  if (NamesSecretFile(variable.name)) return found;
  for (const uint32_t source : variable.sources) {
    const ImageVariable& arg = config_.variables[source];
    if (arg.kind != ImageVariable::Kind::kArg) continue;
    const bool named = NamesSecret(variable.name) && variable.value.OnlyHole() && IsOpen(arg) &&
                       !NamesSecretFile(arg.name);
    if (named || IsSecretArg(arg)) found.push_back(source);
  }
  return found;
}

bool ImageSecrets::HasUriCredential(const ImageVariable& variable) const {
  for (const Uri& uri : FindUris(variable.value)) {
    if (!CredentialsIn(uri).empty()) return true;
  }
  return false;
}

bool ImageSecrets::InImage(uint32_t stage) const {
  return stage == kNoIndex || image_.stages[stage].in_image;
}

const std::optional<Exposure>& ImageSecrets::ExposureOf(uint32_t stage) const {
  std::optional<std::optional<Exposure>>& known = exposures_[stage];
  if (!known) known = FindStageExposure(project_, document_, stage);
  return *known;
}

Severity ImageSecrets::Reached(Severity severity, const ImageVariable& variable) const {
  return IsExposed(variable.stage) ? severity : Lower(severity);
}

std::string ImageSecrets::StageLabel(uint32_t stage) const {
  return stage == kNoIndex ? "-" : image_.stages[stage].Label(stage);
}

std::string SecretMountAdvice(const std::string& name) {
  std::string id = ToLower(name);
  std::replace(id.begin(), id.end(), '.', '_');
  if (IsPathVariable(name)) return fmt::format("RUN --mount=type=secret,id={},target=PATH", id);
  return fmt::format("RUN --mount=type=secret,id={},env={}", id, name);
}

}  // namespace oakum
