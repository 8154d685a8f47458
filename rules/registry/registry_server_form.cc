// OAK402: a server that names the right registry in a form that Anyscale or the kubelet does not
// match.

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/registry_link.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/registry_server.h"

namespace oakum {

namespace {

struct Verdict {
  ServerMatch match = ServerMatch::kUnknown;
  std::string registry;                // what to write
  const PlacedImage* image = nullptr;  // that decided it, if one did
};

// A login with all three fields and a registry's name in it needs no image to be recognised.
Verdict WithoutImage(const RegistrySecret& secret) {
  if (!secret.certain || secret.username.empty() || secret.password.empty() ||
      !secret.server.is_literal())
    return {};
  const std::string_view server = secret.server.text();
  if (IsHubAlias(server)) return {ServerMatch::kHubAlias, "docker.io", nullptr};
  const std::string host = ServerHost(server);
  if (!IsKnownRegistry(host) && !HasRegistryApiPath(server)) return {};
  return {MatchServer(secret.server, host), host, nullptr};
}

Verdict Judge(const RegistryLinks& links, size_t index) {
  const RegistrySecret& secret = *links.secrets[index].secret;
  Verdict verdict;
  for (const RegistryLink& link : links.links) {
    const PlacedImage& image = links.images[link.image];
    if (link.secret != index || image.registry.empty()) continue;
    const ServerMatch match = MatchServer(secret.server, image.registry);
    // Another registry altogether is registry-server-mismatch, whatever its form.
    if (match == ServerMatch::kDifferent) return {};
    if (!verdict.image) verdict = {match, image.registry, &image};
  }
  return verdict.image ? verdict : WithoutImage(secret);
}

std::string_view Problem(const Value& server, std::string_view registry) {
  const std::string_view text = server.text();
  if (text.find("://") != std::string_view::npos) return "has a scheme";
  if (text.find('/') != std::string_view::npos) return "has a path";
  if (ServerHost(text) == ServerHost(registry)) return "is written in another case or with blanks";
  return text.find(':') != std::string_view::npos ? "has a port that the image does not name"
                                                  : "lacks the port that the image names";
}

void ReportServer(const Rule& rule, const PlacedSecret& secret, const Verdict& verdict,
                  const Report& report) {
  const Value& server = secret.secret->server;
  Finding finding;
  finding.rule = &rule;
  finding.where = {&secret.document->source(), server.ToSource()};
  if (verdict.match == ServerMatch::kHubAlias) {
    finding.severity = Severity::kError;
    const std::string host = ServerHost(server.text());
    const bool site = host.starts_with("hub.") || host.ends_with("docker.com");
    finding.message = fmt::format(
        "Anyscale will not use this login for images on Docker Hub: their registry is docker.io, "
        "and {} is {}. Nodes compare the two as text and, where they differ, pull without the "
        "login and say nothing.",
        host, site ? "the web site" : "a name that only the docker command takes for it");
    finding.label = "no image is on a registry of this name";
  } else {
    finding.severity = Severity::kWarning;
    const std::string_view problem = Problem(server, verdict.registry);
    finding.message = fmt::format(
        "Anyscale is not likely to use this login: its server {}. It is compared with the registry "
        "of the image, {}, as text, and a login that differs is left out without a word.",
        problem, verdict.registry);
    finding.label = problem;
  }
  if (verdict.image) {
    const PlacedImage& image = *verdict.image;
    finding.steps.push_back({{&image.document->source(), image.image->image.ToSource()},
                             fmt::format("this image is pulled from {}", verdict.registry)});
  }
  finding.help = fmt::format("write \"server\": \"{}\"", verdict.registry);
  finding.fixes.push_back({fmt::format("Set server to {}", verdict.registry),
                           false,
                           {{finding.where, verdict.registry}}});
  if (!secret.secret->password.empty()) {
    finding.secrets.push_back({&secret.document->source(), secret.secret->password.ToSource()});
  }
  finding.anchor = fmt::format("server of the login for {}", verdict.registry);
  report(std::move(finding));
}

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const RegistryLinks links = LinkRegistrySecrets(project);
  for (size_t i = 0; i < links.secrets.size(); ++i) {
    const Verdict verdict = Judge(links, i);
    if (verdict.match == ServerMatch::kHubAlias || verdict.match == ServerMatch::kForm) {
      ReportServer(rule, links.secrets[i], verdict, report);
    }
  }
}

// docker and the kubelet take several names for Docker Hub; the web site is another host to them
// (ray.md 5.4).
void CheckPullSecrets(const Rule& rule, const Project&, const Document& document,
                      const Report& report) {
  for (const PullSecret& secret : document.facts().pull_secrets) {
    for (const RegistryAuth& auth : secret.auths) {
      const Value& server = auth.server;
      if (!server.is_literal() || !IsHubSite(server.text())) continue;
      const bool in_cluster = secret.origin != PullSecret::Origin::kFile;
      Finding finding;
      finding.rule = &rule;
      finding.severity = Severity::kError;
      finding.where = {&document.source(), server.ToSource()};
      finding.message = fmt::format(
          "{} will not use this login for images on Docker Hub: {} is the web site, and matches no "
          "image. {} anonymously, or not at all.",
          in_cluster ? "The kubelet" : "docker", ServerHost(server.text()),
          in_cluster ? "Pods pull" : "docker pulls");
      finding.label = "no image is on a registry of this name";
      const bool command = secret.origin == PullSecret::Origin::kCommand;
      finding.help =
          fmt::format("write {}https://index.docker.io/v1/", command ? "--docker-server=" : "");
      finding.fixes.push_back({"Set the server to Docker Hub's",
                               false,
                               {{finding.where, "https://index.docker.io/v1/"}}});
      for (const Value* value : {&auth.password, &auth.auth}) {
        if (!value->empty()) finding.secrets.push_back({&document.source(), value->ToSource()});
      }
      finding.anchor = "server of the pull secret for Docker Hub";
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kRegistryServerForm = {
    .code = "OAK402",
    .name = "registry-server-form",
    .severity = Severity::kError,
    .summary = "A registry login names its server in a form that its reader does not match.",
    .check_document = CheckPullSecrets,
    .check_project = CheckProject,
};

}  // namespace oakum
