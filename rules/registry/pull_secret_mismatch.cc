// OAK405: a pull secret that the kubelet uses for no image of the pods that name it.

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/project.h"
#include "analyzer/engine/pull_secret_links.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/kubelet_match.h"
#include "analyzer/model/registry_server.h"

namespace oakum {

namespace {

Location At(const Document& document, const Value& value) {
  return {&document.source(), value.ToSource()};
}

// A use and the image in it that is pulled without this secret.
struct Failure {
  const PullSecretUse* use = nullptr;
  const Value* image = nullptr;
  bool by_node = false;
};

class Check {
 public:
  Check(const Rule& rule, const PullSecretLinks& links, const Report& report)
      : rule_(rule), links_(links), report_(report) {}

  void Run() const {
    for (size_t secret = 0; secret < links_.secrets.size(); ++secret) CheckSecret(secret);
    std::set<Span> reported;
    for (size_t use = 0; use < links_.uses.size(); ++use) {
      if (links_.elsewhere[use].empty()) continue;
      if (reported.insert(links_.uses[use].reference->span).second) ReportNamespace(use);
    }
  }

 private:
  // The images of a pod, those of its init containers included.
  static std::vector<const Value*> ImagesOf(const PodTemplate& pod) {
    std::vector<const Value*> images;
    for (const Container& container : pod.containers) {
      if (!container.image.empty()) images.push_back(&container.image);
    }
    return images;
  }

  void CheckSecret(size_t index) const {
    const PlacedPullSecret& secret = links_.secrets[index];
    const std::vector<Value> servers = ServersOf(secret);
    if (servers.empty()) return;
    std::vector<Failure> failures;
    for (size_t u = 0; u < links_.uses.size(); ++u) {
      const std::vector<size_t>& meant = links_.meant[u];
      if (std::find(meant.begin(), meant.end(), index) == meant.end()) continue;
      const PullSecretUse& use = links_.uses[u];
      for (const Value* image : ImagesOf(*use.pod)) {
        const KubeletMatch match = MatchForKubelet(servers, *image);
        if (match == KubeletMatch::kOverreach) return ReportOverreach(secret, use, *image);
        if (match != KubeletMatch::kNo) return;
        const ImageAccess access = AccessTo(*image);
        if (access == ImageAccess::kPublic || IsServedByAnother(links_, u, index, *image)) continue;
        failures.push_back({&use, image, access == ImageAccess::kByNode});
      }
    }
    if (!failures.empty() && !IsWebSite(servers)) ReportMismatch(secret, failures);
  }

  // registry-server-form speaks of Docker Hub's web site.
  static bool IsWebSite(const std::vector<Value>& servers) {
    return std::any_of(servers.begin(), servers.end(),
                       [](const Value& server) { return IsHubSite(server.text()); });
  }

  static std::string Shown(const std::vector<Value>& servers) {
    std::string text;
    for (const Value& server : servers) {
      if (server.text().find('@') != std::string_view::npos) continue;
      text += (text.empty() ? "" : ", ") + server.Describe();
    }
    return text.empty() ? "its server" : text;
  }

  Finding Start(const PullSecretUse& use) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = At(*use.reference_document, use.reference->name);
    finding.anchor = fmt::format("{}/{} imagePullSecrets {}", use.object->kind, use.object->name,
                                 use.reference->name.text());
    return finding;
  }

  static void AddServers(const PlacedPullSecret& secret, Finding& finding) {
    for (const RegistryAuth& auth : secret.content->auths) {
      finding.steps.push_back(
          {At(*secret.content_document, auth.server), "the login is for this server"});
      for (const Value* value : {&auth.password, &auth.auth}) {
        if (!value->empty()) finding.secrets.push_back(At(*secret.content_document, *value));
      }
    }
  }

  void ReportMismatch(const PlacedPullSecret& secret, const std::vector<Failure>& failures) const {
    const Failure& first = failures[0];
    Finding finding = Start(*first.use);
    const bool by_node = std::all_of(failures.begin(), failures.end(),
                                     [](const Failure& failure) { return failure.by_node; });
    if (by_node) finding.severity = Severity::kNote;
    finding.message = fmt::format(
        "The kubelet never uses this pull secret: it is for {}, and no image of the pods that name "
        "it "
        "is there. {} is pulled {}.",
        Shown(ServersOf(secret)), first.image->Describe(),
        by_node ? "with what the nodes themselves may read, or not at all"
                : "without a login, and a private one ends in ImagePullBackOff");
    finding.label = "for another registry";
    std::set<Span> shown;
    for (const Failure& failure : failures) {
      if (!shown.insert(failure.image->ToSource()).second) continue;
      finding.steps.push_back(
          {At(*failure.use->document, *failure.image), "this image needs a login"});
    }
    AddServers(secret, finding);
    finding.help =
        "name a secret whose server is the host of the image, with the same port; a path in the "
        "server must begin the image's path";
    report_(std::move(finding));
  }

  void ReportOverreach(const PlacedPullSecret& secret, const PullSecretUse& use,
                       const Value& image) const {
    Finding finding = Start(use);
    finding.severity = Severity::kNote;
    finding.message = fmt::format(
        "The kubelet uses this login for {} as well: it takes the path in the server for the "
        "beginning "
        "of a text, not for a folder.",
        image.Describe());
    finding.label = "its path ends in the middle of a name";
    finding.steps.push_back({At(*use.document, image), "this image begins with the same text"});
    AddServers(secret, finding);
    finding.help = "end the path of the server with a slash";
    report_(std::move(finding));
  }

  void ReportNamespace(size_t index) const {
    const PullSecretUse& use = links_.uses[index];
    const PlacedPullSecret& secret = links_.secrets[links_.elsewhere[index][0]];
    Finding finding = Start(use);
    finding.message = fmt::format(
        "The kubelet does not find this pull secret: it looks in the pod's namespace {}, and the "
        "Secret is in {}. The image is pulled without a login.",
        use.object->name_space, secret.secret->name_space);
    finding.label = fmt::format("not in namespace {}", use.object->name_space);
    finding.steps.push_back({{&secret.document->source(), secret.secret->span},
                             fmt::format("made in namespace {}", secret.secret->name_space)});
    finding.help = fmt::format("make the Secret in namespace {}", use.object->name_space);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const PullSecretLinks& links_;
  const Report& report_;
};

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const PullSecretLinks links = LinkPullSecrets(project);
  Check(rule, links, report).Run();
}

}  // namespace

extern const Rule kPullSecretMismatch = {
    .code = "OAK405",
    .name = "pull-secret-mismatch",
    .severity = Severity::kWarning,
    .summary = "A pull secret is for none of the images of the pods that name it.",
    .check_project = CheckProject,
};

}  // namespace oakum
