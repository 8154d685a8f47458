// Which key of a pull secret the kubelet uses for an image.
//
// As in kubernetes pkg/credentialprovider/keyring.go: the scheme and a leading /v1/ or /v2/ are
// dropped, hosts must have the same number of labels, each label may be a glob, ports must be
// equal, and a path of the key must be a plain string prefix of the image's, so that quay.io/core
// also answers for quay.io/coreos. Where no key fits, index.docker.io answers for Docker Hub.
// docker and Anyscale compare otherwise (registry.h).
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

enum class KubeletMatch {
  kNo,
  kOverreach,  // only because a path ends in the middle of the image's segment
  kYes,
  kUnknown,  // the image or the key is filled in elsewhere
};

// The key as the kubelet keeps it: "index.docker.io" for "https://index.docker.io/v1/".
std::string KubeletKey(std::string_view server);

// `image`: a complete name without tag, "docker.io/library/ubuntu".
bool KubeletKeyMatches(std::string_view key, std::string_view image);

KubeletMatch MatchForKubelet(const std::vector<Value>& servers, const Value& image);

// What an image is pulled with besides pull secrets.
enum class ImageAccess {
  kPublic,   // everybody may pull it, as far as its name tells
  kByNode,   // ECR, Artifact Registry, ACR: nodes of that cloud log in by themselves
  kPrivate,  // any other
  kUnknown,  // its registry is filled in elsewhere
};

ImageAccess AccessTo(const Value& image);

}  // namespace oakum
