#include "analyzer/model/image_reference.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

std::string Show(std::string_view text) {
  const std::optional<ImageReference> image = ParseImageReference(text);
  if (!image) return "invalid";
  std::string out = image->registry + " " + image->repository;
  if (!image->tag.empty()) out += " :" + image->tag;
  if (!image->digest.empty()) out += " @" + image->digest.substr(0, 8);
  return out;
}

// From the tables of distribution/reference (reference_test.go, normalize_test.go).
TEST(ImageReference, NormalisesAsDistributionDoes) {
  const std::string digest =
      "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
  const std::string id = digest.substr(7);
  struct {
    std::string text;
    const char* shown;
  } const cases[] = {
      {"redis", "docker.io library/redis"},
      {"redis:7", "docker.io library/redis :7"},
      {"redis@" + digest, "docker.io library/redis @sha256:f"},
      {"docker.io/redis", "docker.io library/redis"},
      {"docker.io/library/redis", "docker.io library/redis"},
      {"index.docker.io/redis", "docker.io library/redis"},
      {"index.docker.io/fooo/bar", "docker.io fooo/bar"},
      {"fooo/bar", "docker.io fooo/bar"},
      {"my-registry/my-image:tag", "docker.io my-registry/my-image :tag"},
      {"foo/foo/bar:1", "docker.io foo/foo/bar :1"},
      {"localhost/bar", "localhost bar"},
      {"localhost:5000/foo/bar:2", "localhost:5000 foo/bar :2"},
      {"127.0.0.1:5000/bar", "127.0.0.1:5000 bar"},
      {"example.com/private/moonbase", "example.com private/moonbase"},
      {"example.com:8000/private", "example.com:8000 private"},
      {"HOST/repo", "HOST repo"},
      {"[2001:db8::1]:5000/repo:tag", "[2001:db8::1]:5000 repo :tag"},
      {"[fd00:1:2::3]/repo", "[fd00:1:2::3] repo"},
      {"xn--7o8h.com/myimage:xn--7o8h.com@" + digest,
       "xn--7o8h.com myimage :xn--7o8h.com @sha256:f"},
      {"foo_bar.com/baz", "invalid"},
      {"foo__bar/baz", "docker.io foo__bar/baz"},
      {"foo/foo_bar.com:8080", "docker.io foo/foo_bar.com :8080"},
      {"aa/asdf$$^/aa", "invalid"},
      {"Uppercase:tag", "invalid"},
      {"test/Uppercase/lower:tag", "invalid"},
      {"repo@sha256:ffff", "invalid"},
      {id, "invalid"},
      {"-foo/bar", "invalid"},
      {"foo/bar-", "invalid"},
      {"docker///docker", "invalid"},
      {"", "invalid"},
      {":justtag", "invalid"},
      {"a:" + std::string(128, 'a'), nullptr},
      {"a:" + std::string(129, 'a'), "invalid"},
      {std::string(300, 'a'), "invalid"},
      {"https://github.com/docker/docker", "invalid"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    if (c.shown) {
      EXPECT_EQ(Show(c.text), c.shown);
    } else {
      EXPECT_NE(Show(c.text), "invalid");
    }
  }
}

TEST(ImageReference, NamespacesAreNoHosts) {
  EXPECT_TRUE(ParseImageReference("my-registry/my-image")->has_namespace_only);
  EXPECT_FALSE(ParseImageReference("docker.io/my-registry/my-image")->has_namespace_only);
  EXPECT_FALSE(ParseImageReference("redis")->has_namespace_only);
}

TEST(ImageReference, TheRegistryIsKnownInFrontOfHoles) {
  struct {
    const char* text;
    const char* registry;
  } const cases[] = {
      {"ghcr.io/acme/app:${TAG}", "ghcr.io"},
      {"ghcr.io/${ORG}/app", "ghcr.io"},
      {"acme/app:${TAG}", "docker.io"},
      {"redis:${TAG}", "docker.io"},
      {"${REGISTRY}/app:1", ""},
      {"${IMAGE}", ""},
      {"registry.${DOMAIN}/app", ""},
      {"host:${PORT}/app", ""},
      {" quay.io/acme/app ", "quay.io"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const Value image = EnvsubstVariables(Value(MappedText::Verbatim(c.text, 0)));
    EXPECT_EQ(RegistryOf(image).value_or(""), c.registry);
  }
}

}  // namespace
}  // namespace oakum
