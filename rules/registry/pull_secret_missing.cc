// OAK406: a group of a Ray cluster, or its submitter, without the pull secret its siblings have.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/pull_secrets.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_reference.h"
#include "analyzer/model/kubelet_match.h"

namespace oakum {

namespace {

using Role = PodTemplate::Role;

// Registries that many share: images of one owner are private together.
bool IsShared(std::string_view registry) {
  return registry == "docker.io" || registry == "quay.io" || registry == "ghcr.io" ||
         registry == "registry.gitlab.com" || registry == "gcr.io" || registry == "nvcr.io";
}

// Whose images need the same login; empty if an image needs none or is not known.
std::string OwnerOf(const Value& image) {
  const ImageAccess access = AccessTo(image);
  if (access == ImageAccess::kPublic || access == ImageAccess::kUnknown) return "";
  const std::optional<std::string> registry = RegistryOf(image);
  if (!registry) return "";
  if (!IsShared(*registry)) return *registry;
  const std::string_view text = image.Trimmed().text();
  const std::optional<ImageReference> reference =
      ParseImageReference(text.substr(0, text.find(Value::kHoleByte)));
  const std::string repository = reference ? reference->repository : "";
  return *registry + "/" + repository.substr(0, repository.find('/'));
}

std::string NameOf(const PodTemplate& pod) {
  switch (pod.role) {
    case Role::kHead:
      return "the head";
    case Role::kSubmitter:
      return "the submitter";
    default:
      return pod.group.empty() ? "a worker group" : fmt::format("group `{}`", pod.group);
  }
}

// A pod whose ServiceAccount may bring pull secrets that the tree does not show, or whose own
// stand where OAK508 reports them.
bool MayGetSecrets(const PodTemplate& pod, const std::vector<PullSecretUse>& uses) {
  if (pod.open || !pod.pull_secrets.empty() || !pod.service_account.empty()) return true;
  if (pod.pulls_misplaced) return true;
  return std::any_of(uses.begin(), uses.end(),
                     [&pod](const PullSecretUse& use) { return use.pod == &pod; });
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document,
        const std::vector<PullSecretUse>& uses, const Report& report)
      : rule_(rule), project_(project), document_(document), uses_(uses), report_(report) {}

  void Object(const KubernetesObject& object) const {
    bool submitter = false;
    for (const PodTemplate& pod : object.pods) {
      submitter |= pod.role == Role::kSubmitter;
      if (!MayGetSecrets(pod, uses_) && !DefaultAccountHasSecrets(project_, object)) {
        Pod(object, pod);
      }
    }
    const bool job = object.kind == "RayJob" || object.kind == "RayCronJob";
    const bool by_pod = object.submission_mode.empty() || object.submission_mode == "K8sJobMode";
    if (job && by_pod && !submitter) DefaultSubmitter(object);
  }

 private:
  // The first image of the pod for which `sibling` has a secret.
  static const Value* SharedImage(const PodTemplate& pod, const PodTemplate& sibling) {
    if (&pod == &sibling || sibling.pull_secrets.empty()) return nullptr;
    for (const Container& container : pod.containers) {
      const std::string owner = OwnerOf(container.image);
      if (owner.empty()) continue;
      for (const Container& other : sibling.containers) {
        if (OwnerOf(other.image) == owner) return &container.image;
      }
    }
    return nullptr;
  }

  void Pod(const KubernetesObject& object, const PodTemplate& pod) const {
    for (const PodTemplate& sibling : object.pods) {
      const Value* image = SharedImage(pod, sibling);
      if (image == nullptr) continue;
      Finding finding = Start(object, *image, sibling, NameOf(pod));
      finding.message = fmt::format(
          "{} of this {} has no pull secret, but pulls from the same registry as {}, which has "
          "one. Its images are pulled without a login: a private one ends in "
          "ImagePullBackOff{}.",
          Capital(NameOf(pod)), object.kind, NameOf(sibling), When(pod));
      finding.label = "pulled without a login";
      finding.help = fmt::format("add `imagePullSecrets` with `{}` to the pod of {}",
                                 sibling.pull_secrets[0].name.Describe(), NameOf(pod));
      report_(std::move(finding));
      return;
    }
  }

  static std::string_view When(const PodTemplate& pod) {
    if (pod.role == Role::kSubmitter) return ", and the job never starts";
    return pod.role == Role::kWorker ? ", for this group only when it first scales up" : "";
  }

  // KubeRay makes it of the head's image, without the head's pull secrets.
  void DefaultSubmitter(const KubernetesObject& object) const {
    for (const PodTemplate& head : object.pods) {
      if (head.role != Role::kHead || head.pull_secrets.empty() || head.containers.empty())
        continue;
      const Value& image = head.containers[0].image;
      if (OwnerOf(image).empty() || DefaultAccountHasSecrets(project_, object)) return;
      Finding finding = Start(object, image, head, "the default submitter");
      finding.message =
          "The pod that KubeRay makes to submit this job uses the head's image, but none of its "
          "pull "
          "secrets: a private image ends in ImagePullBackOff, and the job never starts.";
      finding.label = "the submitter pulls it without a login";
      finding.help =
          "give the job a submitterPodTemplate with `imagePullSecrets`, or `submissionMode: "
          "HTTPMode`";
      report_(std::move(finding));
    }
  }

  Finding Start(const KubernetesObject& object, const Value& image, const PodTemplate& sibling,
                const std::string& who) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), image.ToSource()};
    finding.steps.push_back({{&document_.source(), sibling.pull_secrets[0].span},
                             fmt::format("{} pulls with this secret", NameOf(sibling))});
    finding.anchor = fmt::format("{}/{} pull secret of {}", object.kind, object.name, who);
    return finding;
  }

  static std::string Capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
      text[0] = static_cast<char>(text[0] - 32);
    return text;
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const std::vector<PullSecretUse>& uses_;
  const Report& report_;
};

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const std::vector<PullSecretUse> uses = PullSecretUsesOf(project);
  for (const auto& document : project.documents()) {
    for (const KubernetesObject& object : document->facts().kubernetes) {
      if (object.IsRay() && !object.chart_values) {
        Check(rule, project, *document, uses, report).Object(object);
      }
    }
  }
}

}  // namespace

extern const Rule kPullSecretMissing = {
    .code = "OAK406",
    .name = "pull-secret-missing",
    .severity = Severity::kWarning,
    .summary = "A group or submitter lacks the pull secret that its siblings have.",
    .check_project = CheckProject,
};

}  // namespace oakum
