#include "analyzer/engine/pull_secrets.h"

#include <optional>
#include <string>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

// The docker config in the file at `path`, as a script or generator in `document` names it.
const Document* FindFile(const Project& project, const Document& document, std::string_view path,
                         const PullSecret*& content) {
  auto take = [&content](const Document* found) {
    if (found == nullptr) return false;
    for (const PullSecret& secret : found->facts().pull_secrets) {
      if (secret.origin != PullSecret::Origin::kFile) continue;
      content = &secret;
      return true;
    }
    return false;
  };
  const bool elsewhere = path.starts_with("~") || path.starts_with("/") || path.starts_with("$");
  if (elsewhere) return nullptr;
  for (const std::string& candidate :
       {JoinPath(ParentPath(document.path()), path), CleanPath(path)}) {
    const Document* found = project.Find(candidate);
    if (take(found)) return found;
  }
  return nullptr;
}

void AddUses(const Document& document, const KubernetesObject& object, const PodTemplate& pod,
             const Project& project, std::vector<PullSecretUse>& uses) {
  for (const PullSecretReference& reference : pod.pull_secrets) {
    uses.push_back({&document, &object, &pod, &reference, &document, false});
  }
  if (!pod.pull_secrets.empty()) return;  // the account's are for pods that have none
  if (!pod.service_account.is_literal()) return;
  const std::string_view account =
      pod.service_account.empty() ? "default" : pod.service_account.text();
  for (const auto& other : project.documents()) {
    for (const KubernetesObject& candidate : other->facts().kubernetes) {
      if (candidate.kind != "ServiceAccount" || candidate.name != account) continue;
      if (!MayShareNamespace(candidate.name_space, object.name_space)) continue;
      for (const PullSecretReference& reference : candidate.pull_secrets) {
        uses.push_back({&document, &object, &pod, &reference, other.get(), true});
      }
    }
  }
}

}  // namespace

std::vector<PlacedPullSecret> PullSecretsOf(const Project& project) {
  std::vector<PlacedPullSecret> found;
  for (const auto& document : project.documents()) {
    for (const PullSecret& secret : document->facts().pull_secrets) {
      if (secret.origin == PullSecret::Origin::kFile) continue;
      PlacedPullSecret placed{document.get(), &secret, document.get(), &secret};
      if (!secret.known && !secret.file.empty()) {
        placed.content = nullptr;
        placed.content_document = FindFile(project, *document, secret.file, placed.content);
      }
      found.push_back(placed);
    }
  }
  return found;
}

std::vector<PullSecretUse> PullSecretUsesOf(const Project& project) {
  std::vector<PullSecretUse> uses;
  for (const auto& document : project.documents()) {
    for (const KubernetesObject& object : document->facts().kubernetes) {
      for (const PodTemplate& pod : object.pods) AddUses(*document, object, pod, project, uses);
    }
  }
  return uses;
}

bool DefaultAccountHasSecrets(const Project& project, const KubernetesObject& object) {
  for (const auto& document : project.documents()) {
    for (const KubernetesObject& account : document->facts().kubernetes) {
      if (account.kind == "ServiceAccount" && account.name == "default" &&
          !account.pull_secrets.empty() &&
          MayShareNamespace(account.name_space, object.name_space)) {
        return true;
      }
    }
    for (const Command& command : document->facts().commands) {
      const std::optional<PatchedAccount> patched = PatchedAccountOf(command);
      if (patched && (patched->name.empty() || patched->name == "default") &&
          MayShareNamespace(patched->name_space, object.name_space)) {
        return true;
      }
    }
  }
  return false;
}

bool MayShareNamespace(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || a == b;
}

bool Uses(const PullSecretUse& use, const PlacedPullSecret& secret) {
  return use.reference->name.is_literal() && !secret.secret->name.empty() &&
         use.reference->name.text() == secret.secret->name &&
         MayShareNamespace(use.object->name_space, secret.secret->name_space);
}

}  // namespace oakum
