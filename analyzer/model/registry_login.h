// Logins to container registries, and the images that are pushed or pulled by name, of commands and
// workflow steps.
//
// Known are docker, podman, nerdctl, buildah, skopeo, crane, oras and helm, the helpers of ECR,
// Artifact Registry and ACR, and the actions for them. A login whose registry is filled in
// elsewhere has no host.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/ci_job.h"
#include "analyzer/model/command.h"

namespace oakum {

struct RegistryLogin {
  std::vector<std::string> hosts;  // as image references name them; "*.dkr.ecr" stands for any ECR
  bool known = true;               // false if the host is filled in elsewhere
  Span span;
};

struct RegistryUse {
  Value image;  // the reference
  Span span;    // as it is written there, where a variable may stand for some of it
  bool push = false;
};

std::optional<RegistryLogin> LoginOf(const Command& command);
std::optional<RegistryLogin> LoginOf(const CiStep& step);

std::vector<RegistryUse> RegistryUsesOf(const Command& command);
std::vector<RegistryUse> RegistryUsesOf(const CiStep& step);

// Whether a login with this host serves a registry.
bool Serves(std::string_view host, std::string_view registry);

}  // namespace oakum
