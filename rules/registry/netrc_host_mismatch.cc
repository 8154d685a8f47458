// OAK408: a netrc entry that answers for no host, or none for the host that is used.

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/netrc_machine.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

namespace {

void CheckMachines(const Rule& rule, const Project&, const Document& document,
                   const Report& report) {
  for (const NetrcContent& content : document.facts().netrcs) {
    for (const NetrcEntry& entry : content.netrc.entries) {
      const std::optional<MachineProblem> problem = ProblemOfMachine(entry.machine.value);
      if (entry.is_default || !problem) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.where = {&document.source(), entry.machine.value.ToSource()};
      finding.message = fmt::format(
          "This entry answers for no host: its machine is written {}. Readers look up the bare "
          "host of "
          "a URL, find nothing and go out without a login.",
          problem->what);
      finding.label = "never matches";
      if (problem->host.empty()) {
        finding.help = "write the bare host, one entry for each";
      } else {
        finding.help = fmt::format("write `machine {}`", problem->host);
        finding.fixes.push_back({"Write the bare host", false, {{finding.where, problem->host}}});
      }
      if (entry.password) {
        finding.secrets.push_back({&document.source(), entry.password->value.ToSource()});
      }
      finding.anchor = "netrc machine";
      report(std::move(finding));
    }
  }
}

// Sites whose content mostly needs no login.
constexpr auto kPublicSites = std::to_array<std::string_view>(
    {"github.com", "gitlab.com", "bitbucket.org", "pypi.org", "pythonhosted.org", "amazonaws.com",
     "googleapis.com", "huggingface.co", "anaconda.com", "anaconda.org"});

// The part of a host that its owner has in common with others of theirs: the last two labels.
std::string_view DomainOf(std::string_view host) {
  const size_t last = host.rfind('.');
  if (last == host.npos || last == 0) return "";
  const size_t before = host.rfind('.', last - 1);
  return before == host.npos ? host : host.substr(before + 1);
}

// Whether a host is somebody's own, as far as its name tells: nexus.acme.com, git.corp.acme.com.
bool LooksPrivate(std::string_view host) {
  constexpr auto kLabels = std::to_array<std::string_view>(
      {"artifactory", "artifacts", "bitbucket", "corp", "devpi", "git", "gitea", "gitlab",
       "internal", "intra", "intranet", "jfrog", "nexus", "private"});
  while (!host.empty()) {
    const std::string_view label = host.substr(0, host.find('.'));
    if (std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end()) return true;
    host.remove_prefix(std::min(host.size(), label.size() + 1));
  }
  return false;
}

struct HostUse {
  std::string host;
  Location where;
};

void AddUse(const Uri& uri, Location where, std::vector<HostUse>& uses) {
  const std::string host = uri.LiteralHost();
  if (host.empty() || uri.has_userinfo || uri.HasLocalHost()) return;
  if (uri.scheme != "https" && uri.scheme != "http") return;
  const std::string_view domain = DomainOf(host);
  if (domain.empty() ||
      std::all_of(host.begin(), host.end(), [](char c) { return IsDigit(c) || c == '.'; })) {
    return;
  }
  if (std::find(kPublicSites.begin(), kPublicSites.end(), domain) != kPublicSites.end()) return;
  uses.push_back({host, where});
}

// What requests and pip fetch without a credential of its own.
std::vector<HostUse> HostsInUse(const Project& project) {
  std::vector<HostUse> uses;
  for (const auto& document : project.documents()) {
    for (const RuntimeEnv& env : document->facts().runtime_envs) {
      for (const RuntimeEnvPackage& package : env.packages) {
        const std::optional<Uri> uri = ParseUri(package.value);
        if (uri) AddUse(*uri, {&document->source(), package.value.ToSource()}, uses);
      }
    }
    for (const UriUse& use : document->facts().uris) {
      if (use.role != UriRole::kIndex || (use.consumer != "pip" && use.consumer != "uv")) continue;
      AddUse(use.uri, {&document->source(), use.uri.whole.ToSource()}, uses);
    }
  }
  return uses;
}

struct Machine {
  const Document* document = nullptr;
  const NetrcEntry* entry = nullptr;
};

// The entries of all netrcs of the tree; none if one of them may answer for any host.
std::vector<Machine> MachinesOf(const Project& project) {
  std::vector<Machine> machines;
  for (const auto& document : project.documents()) {
    if (IsNetrcSample(*document)) continue;
    for (const NetrcContent& content : document->facts().netrcs) {
      if (content.has_statements || content.continues || !content.netrc.unknown.empty()) return {};
      for (const NetrcEntry& entry : content.netrc.entries) {
        if (entry.is_default || !entry.machine.value.is_literal()) return {};
        machines.push_back({document.get(), &entry});
      }
    }
  }
  return machines;
}

// Whether Ray's downloads have a login of another kind.
bool HasBearerToken(const Project& project) {
  for (const auto& document : project.documents()) {
    const auto& settings = document->facts().settings;
    if (std::any_of(settings.begin(), settings.end(), [](const Setting& setting) {
          return setting.name == "RAY_RUNTIME_ENV_BEARER_TOKEN";
        })) {
      return true;
    }
    for (const KubernetesObject& object : document->facts().kubernetes) {
      for (const PodTemplate& pod : object.pods) {
        for (const Container& container : pod.containers) {
          if (container.Env("RAY_RUNTIME_ENV_BEARER_TOKEN") != nullptr) return true;
        }
      }
    }
  }
  return false;
}

void CheckAbsent(const Rule& rule, const Project& project, const Report& report) {
  const std::vector<Machine> machines = MachinesOf(project);
  if (machines.empty()) return;
  const bool bearer = HasBearerToken(project);
  std::set<std::string> seen;
  for (const HostUse& use : HostsInUse(project)) {
    if (!seen.insert(use.host).second) continue;
    const Machine* relative = nullptr;
    bool listed = false;
    for (const Machine& machine : machines) {
      const std::string_view name = machine.entry->machine.value.text();
      listed |= name == use.host || ProblemOfMachine(machine.entry->machine.value).has_value();
      if (relative == nullptr && DomainOf(name) == DomainOf(use.host)) relative = &machine;
    }
    if (listed || (relative == nullptr && (bearer || !LooksPrivate(use.host)))) continue;
    const bool related = relative != nullptr;
    if (!related) relative = &machines.front();
    Finding finding;
    finding.rule = &rule;
    finding.severity = Severity::kNote;
    finding.where = {&relative->document->source(), relative->entry->machine.value.ToSource()};
    finding.message = fmt::format(
        "No netrc of this tree has an entry for {}, which is fetched from without a credential{}.",
        use.host,
        related ? ": an entry answers for its own host alone, not for others of its domain" : "");
    finding.label = fmt::format("not {}", use.host);
    finding.steps.push_back({use.where, "fetched without a login"});
    finding.help = fmt::format("add `machine {}` if it needs a login", use.host);
    if (relative->entry->password) {
      finding.secrets.push_back(
          {&relative->document->source(), relative->entry->password->value.ToSource()});
    }
    finding.anchor = fmt::format("netrc entry for {}", use.host);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kNetrcHostMismatch = {
    .code = "OAK408",
    .name = "netrc-host-mismatch",
    .severity = Severity::kWarning,
    .summary = "A netrc entry answers for no host, or none for the host in use.",
    .check_document = CheckMachines,
    .check_project = CheckAbsent,
};

}  // namespace oakum
