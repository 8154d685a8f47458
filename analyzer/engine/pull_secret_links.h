// Which Secret of the tree each use of a pull secret means.
//
// A tree holds several bundles that call their pull secret alike; a use means the one whose folder
// is nearest to its own. Several at one distance (overlays) are all meant.
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return.
#pragma once

#include <vector>

#include "analyzer/engine/pull_secrets.h"

namespace oakum {

struct PullSecretLinks {
  std::vector<PlacedPullSecret> secrets;
  std::vector<PullSecretUse> uses;
  // By use: indices in `secrets` of the same name in the same or an unnamed namespace.
  std::vector<std::vector<size_t>> meant;
  // By use: those of the same name in another namespace, when none is in the use's own.
  std::vector<std::vector<size_t>> elsewhere;
};

PullSecretLinks LinkPullSecrets(const Project& project);

// Whether a secret other than `secret` that the pod of `use` names answers for the image, or may.
bool IsServedByAnother(const PullSecretLinks& links, size_t use, size_t secret, const Value& image);

// The servers of a secret whose content is known; empty if it is not.
std::vector<Value> ServersOf(const PlacedPullSecret& secret);

}  // namespace oakum
