// Image references as every container tool completes them.
//
// `ubuntu` is docker.io/library/ubuntu, and `my-registry/my-image` is the Docker Hub user
// "my-registry", not a host: whether the first segment is a registry depends on a dot, a colon,
// upper case or the word localhost. Follows distribution/reference (normalize.go splitDockerDomain,
// regexp.go) exactly, since docker, containerd, the kubelet and Anyscale all use it.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

struct ImageReference {
  std::string registry;    // "docker.io", "localhost:5000"; case as written
  std::string repository;  // "library/ubuntu"
  std::string tag;         // as written; empty means "latest" unless there is a digest
  std::string digest;      // "sha256:..."
  // The first segment looks like a host to a reader but is a Docker Hub namespace.
  bool has_namespace_only = false;
};

// None if the reference is invalid.
std::optional<ImageReference> ParseImageReference(std::string_view text);

// The registry of an image that may have holes behind it (`ghcr.io/org/app:${TAG}`); none if a hole
// could change it, or if the reference is invalid.
std::optional<std::string> RegistryOf(const Value& image);

}  // namespace oakum
