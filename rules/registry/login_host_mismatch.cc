// OAK407: a job logs in to one registry and pushes to, or pulls from, another private one.

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_reference.h"
#include "analyzer/model/registry_login.h"

namespace oakum {
namespace {

// Registries on the machine or network at hand, and those that let anybody push.
bool NeedsNoLogin(std::string_view registry) {
  const std::string_view host = registry.substr(0, registry.find(':'));
  return host == "localhost" || host == "ttl.sh" || host == "127.0.0.1" || host == "[" ||
         host.find('.') == host.npos || host.ends_with(".local") || host.ends_with(".svc") ||
         host.ends_with(".localhost");
}

// Registries of many owners, where an image is as often public as not, and of vendors.
constexpr auto kOpen = std::to_array<std::string_view>({
    "docker.io",
    "gcr.io",
    "ghcr.io",
    "icr.io",
    "lscr.io",
    "nvcr.io",
    "pkg.dev",
    "quay.io",
    "k8s.io",
    "mcr.microsoft.com",
    "public.ecr.aws",
    "registry.gitlab.com",
    "docker.elastic.co",
    "docker.redpanda.com",
    "docker.n8n.io",
    "registry.access.redhat.com",
    "registry.redhat.io",
    "registry.fedoraproject.org",
    "registry.opensuse.org",
    "registry.suse.com",
    "registry.ollama.ai",
    "container-registry.oracle.com",
    "registry.developers.crunchydata.com",
    "cr.l5d.io",
    "cr.weaviate.io",
    "cr.fluentbit.io",
    "cgr.dev",
    "vllm.ai",
});

// Registries whose images hardly anybody gets without a login.
bool IsPrivate(std::string_view registry) {
  return std::none_of(kOpen.begin(), kOpen.end(), [registry](std::string_view open) {
    return registry.ends_with(open) &&
           (registry.size() == open.size() || registry[registry.size() - open.size() - 1] == '.');
  });
}

// Settings that hand a client its logins behind the back of `login`.
bool ConfiguresElsewhere(const Command& command) {
  const auto mentions = [](const Value& value) {
    return value.text().find("config.json") != std::string_view::npos ||
           value.text().find("credHelpers") != std::string_view::npos ||
           value.text().find("docker-credential") != std::string_view::npos;
  };
  return std::any_of(command.argv.begin(), command.argv.end(), mentions) ||
         std::any_of(command.redirections.begin(), command.redirections.end(),
                     [&](const Redirection& r) { return mentions(r.target); });
}

// What happens in one job or script, in order.
class Sequence {
 public:
  Sequence(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report) {}

  void Job(const CiJob& job) {
    if (HasConfiguration(job.environment)) return;
    for (const CiStep& step : job.steps) {
      if (HasConfiguration(step.environment)) return;
      Login(LoginOf(step));
      Commands(step.first_command, step.end_command);
      for (const RegistryUse& use : RegistryUsesOf(step)) Use(use);
    }
  }

  void Commands(uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; ++i) {
      const Command& command = document_.facts().commands[i];
      if (ConfiguresElsewhere(command)) open_ = true;
      Login(LoginOf(command));
      for (const RegistryUse& use : RegistryUsesOf(command)) Use(use);
    }
  }

 private:
  static bool HasConfiguration(const std::vector<CiValue>& environment) {
    return std::any_of(environment.begin(), environment.end(), [](const CiValue& value) {
      return value.name == "DOCKER_AUTH_CONFIG" || value.name == "DOCKER_CONFIG";
    });
  }

  void Login(std::optional<RegistryLogin> login) {
    if (!login) return;
    open_ |= !login->known;
    logins_.push_back(*std::move(login));
  }

  void Use(const RegistryUse& use) {
    if (open_ || logins_.empty()) return;
    const std::optional<std::string> registry = RegistryOf(use.image);
    if (!registry || NeedsNoLogin(*registry) || (!use.push && !IsPrivate(*registry))) return;
    // A name without a host is as often a local image that another tool pushes.
    if (use.push && use.image.text().find('/') == std::string_view::npos) return;
    for (const RegistryLogin& login : logins_) {
      for (const std::string& host : login.hosts) {
        if (Serves(host, *registry)) return;
      }
    }
    if (reported_.insert(*registry).second) Describe(use, *registry);
  }

  void Describe(const RegistryUse& use, const std::string& registry) const {
    const Source* source = &document_.source();
    std::string hosts;
    std::set<std::string> named;
    for (const RegistryLogin& login : logins_) {
      for (const std::string& host : login.hosts) {
        if (!named.insert(host).second) continue;
        hosts += (hosts.empty() ? "" : ", ") + (host == "*.dkr.ecr" ? "Amazon ECR" : host);
      }
    }
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {source, use.span};
    finding.message = fmt::format(
        "This {} {}, but the login is for {}: clients send a credential to the registry it was "
        "given for and to no other, so the {} goes out anonymous and is refused.",
        use.push ? "pushes to" : "pulls from", registry, hosts, use.push ? "push" : "pull");
    finding.label = registry;
    for (const RegistryLogin& login : logins_) {
      finding.related.push_back({{source, login.span}, "logs in here"});
    }
    finding.help = fmt::format("log in to {}, or name an image of {}", registry, hosts);
    finding.anchor = fmt::format("{} {}", use.push ? "push" : "pull", registry);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  std::vector<RegistryLogin> logins_;
  std::set<std::string> reported_;
  bool open_ = false;  // a login that is not known, or credentials from elsewhere
};

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  for (const CiJob& job : facts.ci_jobs) Sequence(rule, document, report).Job(job);
  const bool script = document.language() == Language::kShell;
  if (script) {
    Sequence(rule, document, report).Commands(0, static_cast<uint32_t>(facts.commands.size()));
  }
}

}  // namespace

extern const Rule kLoginHostMismatch = {
    .code = "OAK407",
    .name = "login-host-mismatch",
    .severity = Severity::kWarning,
    .summary = "A job logs in to one registry and uses another private one.",
    .check_document = Check,
};

}  // namespace oakum
