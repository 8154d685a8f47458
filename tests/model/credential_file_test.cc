#include "analyzer/model/credential_file.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

struct Case {
  std::string_view path;
  std::optional<CredentialFileKind> kind;
  bool certain = false;
};

using Kind = CredentialFileKind;

TEST(CredentialFileTest, KnowsFilesByTheirLastSegments) {
  const Case cases[] = {
      {".netrc", Kind::kNetrc, true},
      {"~/.netrc", Kind::kNetrc, true},
      {"/root/.netrc", Kind::kNetrc, true},
      {"C:\\Users\\me\\_netrc", Kind::kNetrc, true},
      {"/etc/ray/netrc", Kind::kNetrc, true},
      {"secrets/deploy.netrc", Kind::kNetrc, true},
      {"/root/./.netrc", Kind::kNetrc, true},
      {"~/.pypirc", Kind::kPypirc, true},
      {".git-credentials", Kind::kGitCredentials, true},
      {"~/.config/git/credentials", Kind::kGitCredentials, true},
      {"/home/ray/.ssh/id_ed25519", Kind::kSshKey, true},
      {"/home/ray/.ssh/id_ed25519.pub", std::nullopt},
      {"~/.aws/credentials", Kind::kAwsCredentials, true},
      {"credentials", std::nullopt},
      {"~/.aws/config", std::nullopt},
      {"~/.docker/config.json", Kind::kDockerConfig},
      {"config.json", std::nullopt},
      {"~/.kube/config", Kind::kKubeconfig},
      {"pip.conf", Kind::kPipConfig},
      {"~/.config/pip/pip.conf", Kind::kPipConfig},
      {"my-pip.conf", std::nullopt},
      {".npmrc", Kind::kNpmrc},
      {".env", Kind::kDotenv},
      {".env.production", Kind::kDotenv},
      {".env.example", std::nullopt},
      {".netrc.example", std::nullopt},
      {".netrc.j2", std::nullopt},
      {"netrc_reader.py", std::nullopt},
      {".environment", std::nullopt},
      {"", std::nullopt},
      {"/", std::nullopt},
  };
  for (const Case& c : cases) {
    const std::optional<CredentialFile> file = CredentialFileAt(c.path);
    ASSERT_EQ(file.has_value(), c.kind.has_value()) << c.path;
    if (!file) continue;
    EXPECT_EQ(file->kind, *c.kind) << c.path;
    EXPECT_EQ(file->certain, c.certain) << c.path;
    EXPECT_FALSE(file->description.empty()) << c.path;
  }
}

}  // namespace
}  // namespace oakum
