// What the text of a registry's server says by itself.
//
// The kubelet and docker take several names for Docker Hub, but never its web site; and the path of
// the registry API shows that a host is a registry which no list knows (ray.md 5.4).
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace oakum {

// Whether it is Docker Hub's web site, which no client takes for the registry.
bool IsHubSite(std::string_view server);

// Whether its path is that of the registry API: "/v2/".
bool HasRegistryApiPath(std::string_view server);

}  // namespace oakum
