#include "analyzer/model/kubelet_match.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

Value Text(std::string_view text) {
  return Value(MappedText::Verbatim(text, 0));
}

// The pairs of kubernetes pkg/credentialprovider/keyring_test.go.
TEST(KubeletMatch, ComparesAsTheKeyringDoes) {
  struct {
    const char* server;
    const char* image;
    bool matches;
  } const cases[] = {
      {"*.kubernetes.io", "prefix.kubernetes.io", true},
      {"prefix.*.io", "prefix.kubernetes.io", true},
      {"prefix.kubernetes.*", "prefix.kubernetes.io", true},
      {"*-good.kubernetes.io", "prefix-good.kubernetes.io", true},
      {"*.kubernetes.io/blah", "prefix.kubernetes.io/blah", true},
      {"prefix.*.io/foo", "prefix.kubernetes.io/foo/bar", true},
      {"*.kubernetes.io:1111/blah", "prefix.kubernetes.io:1111/blah", true},
      {"prefix.*.io:1111/foo", "prefix.kubernetes.io:1111/foo/bar", true},
      {"*.kubernetes.io", "kubernetes.io", false},
      {"*.*.kubernetes.io", "prefix.kubernetes.io", false},
      {"*.*.kubernetes.io", "kubernetes.io", false},
      {"kubernetes.io", "kubernetes.com", false},
      {"k*.io", "quay.io", false},
      {"*.kubernetes.io:1234/blah", "prefix.kubernetes.io:1111/blah", false},
      {"prefix.*.io/foo", "prefix.kubernetes.io:1111/foo/bar", false},
      {"https://hello.kubernetes.io", "hello.kubernetes.io/foo/bar", true},
      {"https://*.docker.io", "prefix.docker.io/foo/bar", true},
      {"https://*.docker.io/path", "prefix.docker.io/path/foo/bar", true},
      {"https://prefix.docker.*:8888", "prefix.docker.io:8888/foo/bar", true},
      {"https://*.docker.io/v1/", "prefix.docker.io/path/foo/bar", true},
      {"https://*.docker.io/v2/", "prefix.docker.io/path/foo/bar", true},
      {"https://hello.kubernetes.io", "world.mesos.org/foo/bar", false},
      {"https://*.docker.com", "prefix.docker.io/foo/bar", false},
      {"https://suffix.*.io", "prefix.docker.io/foo/bar", false},
      {"https://prefix.docker.c*", "prefix.docker.io/foo/bar", false},
      {"https://ghcr.io/v2", "ghcr.io/acme/app", false},
      {"ghcr.io:443", "ghcr.io/acme/app", false},
      {"GHCR.io", "ghcr.io/acme/app", false},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.server) + " " + c.image);
    EXPECT_EQ(KubeletKeyMatches(KubeletKey(c.server), c.image), c.matches);
  }
}

TEST(KubeletMatch, CompletesImages) {
  struct {
    const char* server;
    const char* image;
    KubeletMatch match;
  } const cases[] = {
      {"https://index.docker.io/v1/", "acme/app:1", KubeletMatch::kYes},
      {"index.docker.io", "jenkins", KubeletMatch::kYes},
      {"docker.io", "index.docker.io/acme/app", KubeletMatch::kYes},
      {"docker.io/acme", "acme/app", KubeletMatch::kYes},
      {"docker.io/other", "acme/app", KubeletMatch::kNo},
      {"https://index.docker.io/v1", "acme/app", KubeletMatch::kNo},
      {"registry-1.docker.io", "acme/app", KubeletMatch::kNo},
      {"https://hub.docker.com", "acme/app", KubeletMatch::kNo},
      {"https://index.docker.io/v1/", "quay.io/acme/app", KubeletMatch::kNo},
      {"quay.io/core", "quay.io/coreos/etcd:v3", KubeletMatch::kOverreach},
      {"quay.io/core/", "quay.io/coreos/etcd:v3", KubeletMatch::kNo},
      {"quay.io/core", "quay.io/core/etcd", KubeletMatch::kYes},
      {"ghcr.io", "ghcr.io/acme/app:${TAG}", KubeletMatch::kYes},
      {"ghcr.io", "acme.jfrog.io/app:${TAG}", KubeletMatch::kNo},
      {"ghcr.io/acme", "ghcr.io/${ORG}/app", KubeletMatch::kUnknown},
      {"ghcr.io", "${REGISTRY}/app", KubeletMatch::kUnknown},
      {"<registry>", "ghcr.io/acme/app", KubeletMatch::kUnknown},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.server) + " " + c.image);
    EXPECT_EQ(MatchForKubelet({Text(c.server)}, EnvsubstVariables(Text(c.image))), c.match);
  }
}

TEST(KubeletMatch, KnowsWhoNeedsALogin) {
  EXPECT_EQ(AccessTo(Text("rayproject/ray:2.40.0")), ImageAccess::kPublic);
  EXPECT_EQ(AccessTo(Text("busybox")), ImageAccess::kPublic);
  EXPECT_EQ(AccessTo(Text("registry.k8s.io/pause:3")), ImageAccess::kPublic);
  EXPECT_EQ(AccessTo(Text("acme/app")), ImageAccess::kPrivate);
  EXPECT_EQ(AccessTo(Text("acme.jfrog.io/app")), ImageAccess::kPrivate);
  EXPECT_EQ(AccessTo(Text("123456789012.dkr.ecr.us-west-2.amazonaws.com/app")),
            ImageAccess::kByNode);
  EXPECT_EQ(AccessTo(EnvsubstVariables(Text("${IMAGE}"))), ImageAccess::kUnknown);
}

}  // namespace
}  // namespace oakum
