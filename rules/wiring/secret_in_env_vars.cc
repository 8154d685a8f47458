// OAK521: a secret in the env_vars of a runtime_env, and Ray's bearer token as text anywhere.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/runtime_env.h"
#include "rules/wiring/runtime_env_place.h"

namespace oakum {

namespace {

constexpr std::string_view kBearer = "RAY_RUNTIME_ENV_BEARER_TOKEN";

bool HasHttpPackage(const RuntimeEnv& env) {
  return std::any_of(env.packages.begin(), env.packages.end(),
                     [](const RuntimeEnvPackage& p) { return p.value.text().starts_with("http"); });
}

std::string NameOf(const RuntimeEnvVariable& variable) {
  return variable.name.is_literal() ? fmt::format("`{}`", variable.name.text()) : "a variable";
}

std::string FilledFrom(const Value& value) {
  const std::string& name = value.holes().front().hole.name;
  return name.empty() || name == "expression" ? "an expression" : fmt::format("`{}`", name);
}

std::string_view FieldOf(const RuntimeEnv& env) {
  return env.surface == RuntimeEnvSurface::kRllib ? "extra_python_environs_for_worker" : "env_vars";
}

Finding AtValue(const Rule& rule, const Document& document, const Value& value) {
  Finding finding;
  finding.rule = &rule;
  finding.where = {&document.source(), PrimarySpanOf(value, document.source().text())};
  if (value.size() > value.holes().size()) {
    finding.secrets.push_back({&document.source(), value.ToSource()});
  }
  for (const Value::PlacedHole& placed : value.holes()) {
    if (placed.hole.fallback && !placed.hole.fallback->empty()) {
      finding.secrets.push_back({&document.source(), placed.hole.fallback->ToSource()});
    }
  }
  return finding;
}

void AddSteps(const RuntimeEnv& env, const RuntimeEnvVariable& variable, Finding& finding) {
  const Source* source = finding.where.source;
  for (Span origin : variable.origins) {
    const bool told = std::any_of(finding.steps.begin(), finding.steps.end(),
                                  [origin](const Step& s) { return s.where.span == origin; });
    if (!told && !origin.Overlaps(finding.where.span)) {
      finding.steps.push_back({{source, origin}, "the secret enters here"});
    }
  }
  const bool elsewhere = !variable.span.Contains(finding.where.span);
  if (elsewhere) finding.steps.push_back({finding.where, "the secret enters here"});
  if (elsewhere || !finding.steps.empty()) {
    finding.steps.push_back(
        {{source, variable.span}, fmt::format("it becomes {} here", NameOf(variable))});
  }
  if (!env.handed_at.empty() && !finding.steps.empty()) {
    finding.steps.push_back(
        {{source, env.handed_at}, fmt::format("`{}` hands it to Ray here", env.handed_by)});
  }
}

std::string HelpFor(const RuntimeEnv& env, const RuntimeEnvVariable& variable) {
  if (variable.name.text() == kBearer) {
    return "give it to the Ray containers of the head and of every worker group (secretKeyRef), "
           "where `ray start` finds it, or use a netrc, which has an entry a host";
  }
  // RLlib sets the variables as they are.
  if (env.surface == RuntimeEnvSurface::kRllib) {
    return "leave it out and let the Ray containers have the variable (secretKeyRef), which "
           "workers inherit";
  }
  // The submitter's shell would fill in a reference in runtimeEnvYAML.
  if (!variable.name.is_literal() || env.surface == RuntimeEnvSurface::kRayJob) {
    return "leave it out and let the Ray containers have the variable (secretKeyRef), which "
           "workers inherit";
  }
  std::string help = fmt::format(
      "write \"${{{}}}\" where the nodes have the variable (a secretKeyRef of the Ray container): "
      "Ray fills it in on the node",
      variable.name.text());
  if (env.surface == RuntimeEnvSurface::kCommandLine) {
    help += "; in single quotes, or the shell fills it in first";
  }
  return help;
}

Finding Describe(const Rule& rule, const Document& document, const RuntimeEnv& env,
                 const RuntimeEnvVariable& variable, SecretKind kind) {
  Finding finding = AtValue(rule, document, variable.value);
  const bool literal = kind == SecretKind::kLiteral;
  const bool elsewhere = !variable.span.Contains(finding.where.span);
  if (!literal && elsewhere && !variable.span.empty()) {
    // What to change is the expression that takes it from there.
    const Span enters = finding.where.span;
    finding.where.span = variable.span;
    finding.steps.push_back({{&document.source(), enters}, "the secret enters here"});
  }
  const std::string name = NameOf(variable);
  if (literal) {
    finding.severity = Severity::kError;
    finding.message = fmt::format(
        "The value of {} in {} is a secret in plain text. {} "
        "Everyone who gets this file has it too.",
        name, FieldOf(env), WhereEnvVarsGo(env));
    if (variable.name.text() == kBearer && HasHttpPackage(env)) {
      finding.message +=
          " And it has no effect: the node downloads the packages before env_vars are set.";
    }
    finding.label = "the secret stands here";
  } else {
    finding.severity = env.local ? Severity::kNote : Severity::kWarning;
    finding.message = fmt::format(
        "The value of {} in {} is filled in from {} before Ray sees it: Ray gets the secret "
        "itself. {}",
        name, FieldOf(env), FilledFrom(variable.value), WhereEnvVarsGo(env));
    finding.label = "resolved before it is handed to Ray";
    if (env.local) finding.message += " Here Ray runs on this machine alone.";
  }
  finding.help = HelpFor(env, variable);
  if (!literal && env.surface == RuntimeEnvSurface::kProgram && variable.name.is_literal() &&
      variable.value.OnlyHole()) {
    finding.fixes.push_back({"let Ray fill it in on the nodes",
                             false,
                             {{finding.where, fmt::format("\"${{{}}}\"", variable.name.text())}}});
  }
  finding.anchor = fmt::format("env_vars/{}", variable.name.Describe());
  AddSteps(env, variable, finding);
  return finding;
}

std::optional<Finding> DescribeBearer(const Rule& rule, const Document& document,
                                      std::string_view name, const Value& value) {
  if (name != kBearer || ClassifySecret(value) != SecretKind::kLiteral ||
      !IsSecretText(kBearer, value.text())) {
    return std::nullopt;
  }
  Finding finding = AtValue(rule, document, value);
  finding.severity = Severity::kError;
  finding.message = fmt::format(
      "`{}` is set to a token in plain text. Ray sends it with every http(s) package that it "
      "downloads, whatever the host, and everyone who gets this file has it.",
      kBearer);
  finding.label = "the token stands here";
  finding.help =
      "take the value from a secret store where `ray start` runs (a secretKeyRef of the Ray "
      "containers), or use a netrc, which has an entry a host";
  finding.anchor = std::string(kBearer);
  return finding;
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // a secret may reach Ray by several calls
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvVariable& variable : env.env_vars) {
      const std::optional<SecretKind> kind = SecretIn(variable);
      // The submitter's shell fills it in (OAK525), or it has no effect at all (OAK506).
      const bool elsewhere = FilledBySubmitter(env, variable.value) ||
                             (variable.name.text() == kBearer && HasHttpPackage(env));
      if (!kind || (*kind == SecretKind::kInterpolated && elsewhere)) continue;
      Finding finding = Describe(rule, document, env, variable, *kind);
      if (reported.insert(finding.where.span).second) report(std::move(finding));
    }
  }
  const auto bearer = [&](std::string_view name, const Value& value) {
    std::optional<Finding> finding = DescribeBearer(rule, document, name, value);
    if (finding && reported.insert(finding->where.span).second) report(std::move(*finding));
  };
  for (const Setting& setting : document.facts().settings) {
    if (setting.scope != SettingScope::kRuntimeEnv) bearer(setting.name, setting.value);
  }
  for (const Command& command : document.facts().commands) {
    for (const Assignment& assignment : command.environment) {
      bearer(assignment.name, assignment.value);
    }
  }
}

}  // namespace

extern const Rule kSecretInEnvVars = {
    .code = "OAK521",
    .name = "secret-in-env-vars",
    .severity = Severity::kError,
    .summary = "The env_vars of a Ray runtime_env hold a secret.",
    .check_document = Check,
};

}  // namespace oakum
