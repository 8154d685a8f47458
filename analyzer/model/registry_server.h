// What the text of a registry's server says by itself, and where `kubectl` is given one.
//
// The kubelet and docker take several names for Docker Hub, but never its web site; and the path of
// the registry API shows that a host is a registry which no list knows (ray.md 5.4).
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

// Whether it is Docker Hub's web site, which no client takes for the registry.
bool IsHubSite(std::string_view server);

// Whether its path is that of the registry API: "/v2/".
bool HasRegistryApiPath(std::string_view server);

// The server of a `kubectl create secret docker-registry`; none for other commands.
std::optional<Value> PullSecretServerOf(const Command& command);

}  // namespace oakum
