// Which pull secret a pod uses, across the files of a tree.
//
// A pod names Secrets of its own namespace in imagePullSecrets, or gets those of its
// ServiceAccount. The Secret may be a manifest, a kustomize generator or a kubectl command
// elsewhere, and its content a file that one of these takes in. An object without a namespace goes
// wherever it is applied, so it may be in any.
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

struct PlacedPullSecret {
  const Document* document = nullptr;  // where it is named
  const PullSecret* secret = nullptr;
  // The same, or the file that it takes its content from; null if that is not in the tree.
  const Document* content_document = nullptr;
  const PullSecret* content = nullptr;
};

// A pod and one of the Secrets that it is pulled with.
struct PullSecretUse {
  const Document* document = nullptr;
  const KubernetesObject* object = nullptr;
  const PodTemplate* pod = nullptr;
  const PullSecretReference* reference = nullptr;
  // Where the reference stands: the pod's document, or that of its ServiceAccount.
  const Document* reference_document = nullptr;
  bool of_account = false;
};

// Every Secret, generator and command of the tree; no plain files. By path, then place.
std::vector<PlacedPullSecret> PullSecretsOf(const Project& project);

// Every use, by path, then place.
std::vector<PullSecretUse> PullSecretUsesOf(const Project& project);

// Whether pods of the object that name no ServiceAccount get pull secrets from the default one: of
// its manifest, or of a kubectl command that patches it.
bool DefaultAccountHasSecrets(const Project& project, const KubernetesObject& object);

// Whether two namespaces can be one.
bool MayShareNamespace(std::string_view a, std::string_view b);

// Whether this use may mean this Secret: same name, no other namespace.
bool Uses(const PullSecretUse& use, const PlacedPullSecret& secret);

}  // namespace oakum
