// OAK404: a registry login whose fields its reader cannot use.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/registry_link.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/registry_shape.h"
#include "rules/registry/docker_config_shape.h"

namespace oakum {

namespace {

constexpr auto kTellingNames = std::to_array<std::string_view>(
    {"registry", "docker", "anyscale", "ghcr", "jfrog", "quay", "harbor", "image-pull",
     "image_pull", "pull-secret", "pull_secret"});

bool TellsRegistry(std::string_view name) {
  const std::string lower = ToLower(name);
  return std::any_of(kTellingNames.begin(), kTellingNames.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// An object with other fields is judged if something says that it is a registry's login.
bool IsRegistryLogin(const RegistryLinks& links, size_t index) {
  const PlacedSecret& placed = links.secrets[index];
  if (placed.secret->certain) return true;
  for (const RegistryLink& link : links.links) {
    if (link.secret == index && link.by_name) return true;
  }
  for (const std::string& name : placed.names) {
    if (TellsRegistry(name)) return true;
  }
  const bool own_file = placed.secret->file.empty() && placed.secret->name.empty();
  return TellsRegistry(BaseName(own_file ? placed.document->path() : placed.secret->file));
}

std::string Sentence(const LoginProblem& problem) {
  switch (problem.problem) {
    case ShapeProblem::kMissing:
      return fmt::format("it has no `{}`", problem.field);
    case ShapeProblem::kMisnamed:
      return fmt::format("`{}` is called `{}`", problem.field, problem.written);
    case ShapeProblem::kEmpty:
      return fmt::format("its `{}` is empty", problem.field);
    case ShapeProblem::kNotText:
      return fmt::format("its `{}` is no text", problem.field);
    case ShapeProblem::kExtra:
      return fmt::format("`{}` is no field of it", problem.written);
    case ShapeProblem::kShortLived:
      break;
  }
  return "";
}

// What keeps Anyscale from using the login at all, in one sentence.
std::string Unusable(const std::vector<LoginProblem>& problems) {
  std::string text;
  for (const LoginProblem& problem : problems) {
    const std::string part = Sentence(problem);
    if (part.empty()) continue;
    text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

// The server; where there is none, the key that stands for it, else the opening brace.
Span PlaceOf(const RegistrySecret& secret, const std::vector<LoginProblem>& problems) {
  if (!secret.server.empty()) return secret.server.ToSource();
  for (const LoginProblem& problem : problems) {
    if (problem.field == "server" && !problem.where.empty()) return problem.where;
  }
  return {secret.span.begin, secret.span.begin + 1};
}

void CheckLogin(const Rule& rule, const PlacedSecret& placed, const Report& report) {
  const RegistrySecret& secret = *placed.secret;
  const std::vector<LoginProblem> problems = ProblemsOf(secret);
  if (problems.empty()) return;
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&placed.document->source(), PlaceOf(secret, problems)};
  if (const std::string unusable = Unusable(problems); !unusable.empty()) {
    finding.message = fmt::format(
        "Anyscale is not likely to use this registry login: {}. It reads a JSON object of the "
        "three "
        "texts username, password and server, and pulls without the login when it cannot.",
        unusable);
    finding.label = "not the fields of a registry login";
    finding.help = "write {\"username\": \"...\", \"password\": \"...\", \"server\": \"...\"}";
  }
  const std::string_view lifetime = LifetimeOf(secret.username.text());
  if (!lifetime.empty()) {
    finding.message += fmt::format(
        "{}The password of the user {} expires after {}: a login that is stored works until then, "
        "and nodes that start later pull without it.",
        finding.message.empty() ? "" : " ", secret.username.text(), lifetime);
    if (finding.label.empty()) {
      finding.label = "a login for this server that expires";
      finding.help =
          "let the nodes' role read the registry, or use a login that lasts (a robot account, a "
          "repository token)";
    }
  }
  if (!secret.password.empty()) {
    finding.secrets.push_back({&placed.document->source(), secret.password.ToSource()});
  }
  finding.anchor = "shape of the registry login";
  report(std::move(finding));
}

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const RegistryLinks links = LinkRegistrySecrets(project);
  for (size_t i = 0; i < links.secrets.size(); ++i) {
    if (IsRegistryLogin(links, i)) CheckLogin(rule, links.secrets[i], report);
  }
  CheckDockerConfigs(rule, project, report);
}

}  // namespace

extern const Rule kRegistrySecretShape = {
    .code = "OAK404",
    .name = "registry-secret-shape",
    .severity = Severity::kWarning,
    .summary = "A registry login has fields that its reader cannot use.",
    .check_project = CheckProject,
};

}  // namespace oakum
