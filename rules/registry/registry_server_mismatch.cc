// OAK401: a registry login whose server is not the registry of the image that uses it.

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/project.h"
#include "analyzer/engine/registry_link.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_reference.h"

namespace oakum {

namespace {

// The host that a server text names, for a message; empty if the text is anything but a host: a
// server with userinfo must not be shown.
std::string ShownServer(const Value& server) {
  std::string host = ServerHost(server.text());
  const bool plain = std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '_';
  });
  return plain ? host : std::string();
}

Location At(const Document& document, const Value& value) {
  return {&document.source(), value.ToSource()};
}

class Check {
 public:
  Check(const Rule& rule, const RegistryLinks& links, const Report& report)
      : rule_(rule), links_(links), report_(report) {}

  void Run() const {
    for (size_t secret = 0; secret < links_.secrets.size(); ++secret) {
      std::vector<const RegistryLink*> wrong;
      for (const RegistryLink& link : links_.links) {
        if (link.secret == secret && Match(secret, link.image) == ServerMatch::kDifferent) {
          wrong.push_back(&link);
        }
      }
      if (wrong.empty()) continue;
      // A secret that is right for some image is not what is wrong: the reference to it is.
      if (FitsSome(secret)) {
        for (const RegistryLink* link : wrong) ReportReference(*link);
      } else {
        ReportServer(secret, wrong);
      }
    }
  }

 private:
  ServerMatch Match(size_t secret, size_t image) const {
    const std::string& registry = links_.images[image].registry;
    if (registry.empty()) return ServerMatch::kUnknown;
    return MatchServer(links_.secrets[secret].secret->server, registry);
  }

  bool Fits(size_t secret, size_t image) const {
    const ServerMatch match = Match(secret, image);
    return match != ServerMatch::kUnknown && match != ServerMatch::kDifferent;
  }

  bool FitsSome(size_t secret) const {
    for (size_t image = 0; image < links_.images.size(); ++image) {
      if (Fits(secret, image)) return true;
    }
    return false;
  }

  bool IsNamespaceOnly(const PlacedImage& image) const {
    const auto reference = ParseImageReference(image.image->image.text());
    return reference && reference->has_namespace_only;
  }

  Finding Start(const RegistryLink& link) const {
    const PlacedSecret& secret = links_.secrets[link.secret];
    const PlacedImage& image = links_.images[link.image];
    const std::string server = ShownServer(secret.secret->server);
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.message = fmt::format(
        "Anyscale will not use this registry login: its server is {}, the image is on {}. Nodes "
        "compare the two as text and, where they differ, pull without the login and say nothing.",
        server.empty() ? "another one" : server, image.registry);
    if (IsNamespaceOnly(image)) {
      const std::string_view text = image.image->image.text();
      finding.message += fmt::format(
          " An image whose first part has no dot and no colon is on Docker Hub: {} is a user "
          "there, not a host.",
          text.substr(0, text.find('/')));
    }
    finding.anchor = fmt::format("registry login for {}", image.registry);
    if (!secret.secret->password.empty()) {
      finding.secrets.push_back(At(*secret.document, secret.secret->password));
    }
    return finding;
  }

  void ReportServer(size_t index, const std::vector<const RegistryLink*>& wrong) const {
    const PlacedSecret& secret = links_.secrets[index];
    const PlacedImage& first = links_.images[wrong[0]->image];
    Finding finding = Start(*wrong[0]);
    finding.where = At(*secret.document, secret.secret->server);
    finding.label = fmt::format("is not {}", first.registry);
    for (const RegistryLink* link : wrong) {
      const PlacedImage& image = links_.images[link->image];
      finding.steps.push_back({At(*image.document, image.image->image),
                               fmt::format("this image is pulled from {}", image.registry)});
      finding.steps.push_back(
          {At(*image.document, image.image->login_secret), "with the login of this secret"});
    }
    finding.help = fmt::format("write \"server\": \"{}\"", first.registry);
    const std::string server = ShownServer(secret.secret->server);
    if (IsNamespaceOnly(first) && server.find_first_of(".:") != std::string::npos) {
      finding.help += fmt::format(", or put the registry in front of the image: {}/{}", server,
                                  first.image->image.text());
    }
    finding.fixes.push_back({fmt::format("Set server to {}", first.registry),
                             false,
                             {{finding.where, first.registry}}});
    report_(std::move(finding));
  }

  void ReportReference(const RegistryLink& link) const {
    const PlacedSecret& secret = links_.secrets[link.secret];
    const PlacedImage& image = links_.images[link.image];
    Finding finding = Start(link);
    finding.where = At(*image.document, image.image->login_secret);
    finding.label = fmt::format("a login for another registry than {}", image.registry);
    finding.steps.push_back({At(*image.document, image.image->image),
                             fmt::format("this image is pulled from {}", image.registry)});
    finding.steps.push_back(
        {At(*secret.document, secret.secret->server), "the login is for this server"});
    finding.help = fmt::format("name the secret whose server is {}", image.registry);
    for (size_t other = 0; other < links_.secrets.size(); ++other) {
      if (!Fits(other, link.image)) continue;
      const PlacedSecret& right = links_.secrets[other];
      finding.related.push_back(
          {At(*right.document, right.secret->server), "this login would fit"});
    }
    report_(std::move(finding));
  }

  const Rule& rule_;
  const RegistryLinks& links_;
  const Report& report_;
};

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const RegistryLinks links = LinkRegistrySecrets(project);
  Check(rule, links, report).Run();
}

}  // namespace

extern const Rule kRegistryServerMismatch = {
    .code = "OAK401",
    .name = "registry-server-mismatch",
    .severity = Severity::kError,
    .summary = "A registry login is for another server than the image that uses it.",
    .check_project = CheckProject,
};

}  // namespace oakum
