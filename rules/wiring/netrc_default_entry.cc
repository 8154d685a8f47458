// OAK503: a netrc's default entry, which logs in everywhere.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

namespace {

constexpr std::string_view kBearer = "RAY_RUNTIME_ENV_BEARER_TOKEN";

bool IsReference(std::string_view text) {
  const bool braces = text.starts_with("${") && text.ends_with('}');
  const bool bare = text.starts_with('$') && text.size() > 1 &&
                    text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", 1) == text.npos;
  return braces || bare;
}

// How bad a login is that goes everywhere; none for one that tells nobody anything.
std::optional<Severity> SeverityOf(const Document& document, const NetrcEntry& entry) {
  if (!entry.is_default || !entry.password || IsAnonymousLogin(entry)) return std::nullopt;
  const Value& password = entry.password->value;
  switch (ClassifySecret(password)) {
    case SecretKind::kEmpty:
      return std::nullopt;
    case SecretKind::kPlaceholder:
      if (IsNetrcSample(document)) return std::nullopt;
      // `${TOKEN}` of a template is filled in before anybody reads it.
      return IsReference(password.text()) ? Severity::kError : Severity::kWarning;
    default:
      if (OpensPlaceholder(document, password)) return std::nullopt;
      return Severity::kError;
  }
}

// Where the tree sets the bearer token of Ray's downloads; env_vars come too late for them.
std::vector<Step> BearerTokens(const Project& project) {
  std::vector<Step> steps;
  auto add = [&steps](const Document& document, Span span) {
    steps.push_back({{&document.source(), span}, "Ray sends no bearer token where netrc answers"});
  };
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const Setting& setting : facts.settings) {
      if (setting.name == kBearer && setting.scope != SettingScope::kRuntimeEnv) {
        add(*document, setting.name_span);
      }
    }
    for (const KubernetesObject& object : facts.kubernetes) {
      for (const PodTemplate& pod : object.pods) {
        for (const Container& container : pod.containers) {
          const EnvVar* variable = container.Env(kBearer);
          if (variable != nullptr) add(*document, variable->name_span);
        }
      }
    }
    if (!steps.empty()) break;
  }
  if (steps.size() > 1) steps.resize(1);
  return steps;
}

// A package of the tree that Ray downloads from the host; empty if there is none.
std::vector<Step> DownloadFrom(const Project& project, std::string_view host) {
  for (const auto& document : project.documents()) {
    for (const RuntimeEnv& env : document->facts().runtime_envs) {
      for (const RuntimeEnvPackage& package : env.packages) {
        const std::optional<Uri> uri = ParseUri(package.value);
        if (!uri || (uri->scheme != "https" && uri->scheme != "http")) continue;
        if (uri->LiteralHost() != host) continue;
        return {{{&document->source(), package.value.ToSource()}, "downloaded from this host"}};
      }
    }
  }
  return {};
}

// An entry for a host that Ray is to send its bearer token to.
void CheckBearer(const Rule& rule, const Project& project, const Document& document,
                 const NetrcEntry& entry, const Report& report) {
  if (entry.is_default || !entry.password || IsAnonymousLogin(entry)) return;
  const Value& machine = entry.machine.value;
  if (!machine.is_literal() || ClassifySecret(entry.password->value) == SecretKind::kEmpty) return;
  if (IsNetrcSample(document)) return;
  std::vector<Step> steps = BearerTokens(project);
  std::vector<Step> download = DownloadFrom(project, machine.text());
  if (steps.empty() || download.empty()) return;
  steps.insert(steps.end(), download.begin(), download.end());
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), machine.ToSource()};
  finding.message = fmt::format(
      "Where a netrc answers for a host, requests puts its login in place of the Authorization "
      "header: Ray's downloads from {} go out with this login, and {} is not sent.",
      machine.text(), kBearer);
  finding.label = "replaces the bearer token";
  finding.help = fmt::format("keep one of the two: this entry, or {}", kBearer);
  finding.steps = std::move(steps);
  if (ClassifySecret(entry.password->value) == SecretKind::kLiteral) {
    finding.secrets.push_back({&document.source(), entry.password->value.ToSource()});
  }
  finding.anchor = fmt::format("netrc entry for {} and bearer token", machine.text());
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  for (const NetrcContent& content : document.facts().netrcs) {
    const std::vector<NetrcEntry>& entries = content.netrc.entries;
    for (const NetrcEntry& entry : entries) {
      CheckBearer(rule, project, document, entry, report);
      const std::optional<Severity> severity = SeverityOf(document, entry);
      if (!severity) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = *severity;
      finding.where = {&document.source(), entry.keyword};
      finding.message = fmt::format(
          "The default entry of {} gives its login to every host that is not named: requests (and "
          "so Ray and pip), uv and curl offer it to a mistyped index, to plain http, and to "
          "whatever a server redirects to.",
          NetrcNoun(content));
      const auto after =
          std::count_if(entries.begin(), entries.end(), [&](const NetrcEntry& other) {
            return !other.is_default && other.keyword.begin > entry.keyword.begin;
          });
      if (after > 0) {
        finding.message += " curl stops at it and never sees the entries below.";
      }
      finding.steps = BearerTokens(project);
      if (!finding.steps.empty()) {
        finding.message += fmt::format(" It also replaces {} for every host.", kBearer);
      }
      finding.label = "every host";
      finding.help = "name the hosts that the login is for: an entry `machine HOST` each";
      if (ClassifySecret(entry.password->value) == SecretKind::kLiteral) {
        finding.secrets.push_back({&document.source(), entry.password->value.ToSource()});
      }
      finding.anchor = "netrc default entry";
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kNetrcDefaultEntry = {
    .code = "OAK503",
    .name = "netrc-default-entry",
    .severity = Severity::kError,
    .summary = "A netrc's default entry sends a login to every host.",
    .check_document = Check,
};

}  // namespace oakum
