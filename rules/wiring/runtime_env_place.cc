#include "rules/wiring/runtime_env_place.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"

namespace oakum {

namespace {

// A URI's credential is what the rules on URIs report; without one it is an address.
bool IsUri(const Value& value) {
  return ParseUri(value).has_value();
}

bool HoldsToken(const Value& value) {
  const std::vector<TokenMatch> tokens = FindTokens(value.text());
  return std::any_of(tokens.begin(), tokens.end(), [](const TokenMatch& token) {
    return token.family.find("key ID") == std::string_view::npos;
  });
}

bool FilledFromSecret(const Value& value) {
  return std::any_of(value.holes().begin(), value.holes().end(),
                     [](const Value::PlacedHole& placed) {
                       return placed.hole.origin == HoleOrigin::kCiSecret ||
                              HintOf(placed.hole.name) == NameHint::kSecret;
                     });
}

bool HasUriCredential(const Value& value) {
  for (const Uri& uri : FindUris(value)) {
    for (const UriCredential& credential : CredentialsIn(uri)) {
      if (credential.kind != SecretKind::kDeferred) return true;
    }
  }
  return false;
}

}  // namespace

bool FilledBySubmitter(const RuntimeEnv& env, const Value& value) {
  // A variable of the shell; a chart's values are filled in before.
  const auto by_shell = [](const Value::PlacedHole& placed) {
    if (placed.hole.origin == HoleOrigin::kCommand) return true;
    return !placed.hole.name.empty() &&
           std::all_of(placed.hole.name.begin(), placed.hole.name.end(),
                       [](char c) { return IsAlnum(c) || c == '_'; });
  };
  return env.surface == RuntimeEnvSurface::kRayJob && !value.is_literal() &&
         std::all_of(value.holes().begin(), value.holes().end(), by_shell);
}

std::optional<SecretKind> SecretIn(const RuntimeEnvVariable& variable) {
  const bool named =
      variable.name.is_literal() && HintOf(variable.name.text()) == NameHint::kSecret;
  const Value& value = variable.value;
  const SecretKind kind = ClassifySecret(value);
  if (kind == SecretKind::kLiteral) {
    if (HoldsToken(value)) return kind;
    if (!named || !value.is_literal() || IsUri(value)) return std::nullopt;
    return IsSecretText(variable.name.text(), value.text()) ? std::optional(kind) : std::nullopt;
  }
  if (kind != SecretKind::kInterpolated || IsUri(value)) return std::nullopt;
  if (!named && !FilledFromSecret(value)) return std::nullopt;
  return kind;
}

bool IsSecretText(std::string_view name, std::string_view text) {
  constexpr size_t kShortWord = 8;
  const NamedSecret verdict = JudgeNamedSecret(name, text);
  return verdict == NamedSecret::kSecret ||
         (verdict == NamedSecret::kPlainWord && text.size() >= kShortWord);
}

std::string CredentialOf(const RuntimeEnv& env) {
  for (const RuntimeEnvVariable& variable : env.env_vars) {
    if (SecretIn(variable)) {
      return variable.name.is_literal() ? fmt::format("`{}`", variable.name.text())
                                        : "a secret in env_vars";
    }
    if (HasUriCredential(variable.value)) return "a URL with a credential in env_vars";
  }
  if (std::any_of(env.env_vars_from.begin(), env.env_vars_from.end(),
                  [](const RuntimeEnvSpread& spread) {
                    return !spread.value.is_literal() &&
                           spread.value.holes().front().hole.name.starts_with("os.environ");
                  })) {
    return "the whole environment of the process";
  }
  for (const RuntimeEnvPackage& package : env.packages) {
    if (HasUriCredential(package.value)) {
      return fmt::format("the credential in the URI of {}", package.field);
    }
  }
  for (const RuntimeEnvRequirement& requirement : env.requirements) {
    if (HasUriCredential(requirement.line)) {
      return fmt::format("the credential in a {} requirement", requirement.tool);
    }
  }
  return "";
}

std::string WhereEnvVarsGo(const RuntimeEnv& env) {
  if (env.surface == RuntimeEnvSurface::kAnyscale) {
    return "Anyscale keeps env_vars as plain configuration of the job or service, and Ray hands "
           "them to every worker on its command line.";
  }
  if (env.surface == RuntimeEnvSurface::kRllib) {
    return "RLlib keeps these variables in the algorithm's configuration, which goes to every "
           "worker "
           "and into checkpoints.";
  }
  std::string where =
      "Ray writes env_vars to runtime_env_agent.log on every node, keeps them in the job's "
      "metadata and hands them to every worker on its command line.";
  switch (env.surface) {
    case RuntimeEnvSurface::kRayJob:
      where += " KubeRay also puts runtimeEnvYAML into the submitter Pod's arguments.";
      break;
    case RuntimeEnvSurface::kRayJobHttp:
      where += " They also stand in the RayJob object.";
      break;
    case RuntimeEnvSurface::kRayService:
      where += " The KubeRay operator also logs serveConfigV2 as a whole on every update.";
      break;
    default:
      break;
  }
  return where;
}

Span PrimarySpanOf(const Value& value, std::string_view text) {
  const Span whole = value.ToSource();
  const size_t line_end = text.find('\n', whole.begin);
  if (line_end == text.npos || whole.end <= line_end) return whole;
  if (!value.is_literal()) return value.holes().front().hole.span;
  Span first = value.ToSource({0, 1});
  for (uint32_t i = 1; i < value.size(); ++i) {
    const Span next = value.ToSource({i, i + 1});
    if (next.begin != first.end || next.end > line_end) break;
    first.end = next.end;
  }
  return first;
}

}  // namespace oakum
