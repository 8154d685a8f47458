#include "analyzer/credential/classify.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/credential/sample_tokens.h"
#include "tests/credential/value_text.h"

namespace oakum {
namespace {

TEST(IsPlaceholderTest, StandsForASecret) {
  for (const char* text : {"<token>",
                           "<YOUR_TOKEN>",
                           "[pat]",
                           "{{ password }}",
                           "{{password}}",
                           "{token}",
                           "${TOKEN}",
                           "$PIP_TOKEN",
                           "$token",
                           "$(cat /run/token)",
                           "%TOKEN%",
                           "%(password)s",
                           "%s",
                           "#{token}",
                           "@TOKEN@",
                           "__TOKEN__",
                           "***",
                           "*",
                           "x",
                           "xxx",
                           "XXXX",
                           "xxxx-xxxx-xxxx",
                           "ghp_xxxxxxxxxxxx",
                           "...",
                           "sk-...",
                           "\xe2\x80\xa6",
                           "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2",
                           "abc****",
                           "changeme",
                           "change-me",
                           "change_me_please_example",
                           "CHANGEME",
                           "changeit",
                           "your-token",
                           "YOUR_TOKEN",
                           "your_artifactory_pw_here",
                           "yourPassword",
                           "YourStrong!Password-example",
                           "my-secret",
                           "myPassword",
                           "mypassword",
                           "MY_PASSWORD",
                           "password",
                           "PASSWORD",
                           "passwd",
                           "pass",
                           "pwd",
                           "pw",
                           "secret",
                           "token",
                           "api_key",
                           "apiKey",
                           "API_TOKEN",
                           "GITHUB_TOKEN",
                           "ARTIFACTORY_PASSWORD",
                           "PAT",
                           "pat",
                           "access-token",
                           "personal_access_token",
                           "REDACTED",
                           "[REDACTED]",
                           "redacted-token",
                           "<redacted>",
                           "example",
                           "example-password",
                           "dummy",
                           "fake-token",
                           "sample_secret",
                           "placeholder",
                           "placeholder-123",
                           "none",
                           "null",
                           "TODO",
                           "token-goes-here",
                           "insert-token-here",
                           "replace_with_your_token",
                           "foo",
                           "bar",
                           "foobar",
                           "test",
                           "%3Ctoken%3E",
                           "%2A%2A%2A",
                           "[^@]+",
                           "\\w+",
                           "(?P<pw>.+)",
                           "-",
                           "?",
                           "minioadmin",
                           "5241590000000000",
                           "${USER}-${TOKEN}",
                           "{user}_{token}",
                           "`cat token`"}) {
    EXPECT_TRUE(IsPlaceholder(text)) << text;
  }
}

TEST(IsPlaceholderTest, IsASecret) {
  for (const char* text : {"hunter2",
                           "myPassword123!",
                           "password1",
                           "passw0rd",
                           "P@ssw0rd",
                           "s3cr3t-Pw-2291",
                           "passport",
                           "tokenizer",
                           "ci-user",
                           "letmein",
                           "admin",
                           "postgres",
                           "root",
                           "guest",
                           "1234",
                           "12345678",
                           "qwerty",
                           "correct-horse-battery",
                           "a$b",
                           "pa$$word!",
                           "p@ss$word1",
                           "$ecr3t!9",
                           "%40dm1n",
                           "x1y2",
                           "changing",
                           "exampled9",
                           "keystone",
                           "Tr0ub4dor&3",
                           "secretary",
                           "nexus3",
                           "Summer2024",
                           "!!a",
                           "abc{def",
                           "a<b",
                           "f00",
                           "hunter%2",
                           "mask3d",
                           "superman",
                           "Sample%password12",
                           "fake1t",
                           "zxcvbn",
                           "basic",
                           "jwt9",
                           "x-oauth-basic"}) {
    EXPECT_FALSE(IsPlaceholder(text)) << text;
  }
}

TEST(ClassifySecretTest, Kinds) {
  EXPECT_EQ(ClassifySecret(HolesOf("")), SecretKind::kEmpty);
  EXPECT_EQ(ClassifySecret(HolesOf("  ")), SecretKind::kEmpty);
  EXPECT_EQ(ClassifySecret(HolesOf("<token>")), SecretKind::kPlaceholder);
  EXPECT_EQ(ClassifySecret(HolesOf("hunter2")), SecretKind::kLiteral);
  EXPECT_EQ(ClassifySecret(HolesOf("${TOKEN}")), SecretKind::kInterpolated);
  EXPECT_EQ(ClassifySecret(HolesOf("a${TOKEN}b")), SecretKind::kInterpolated);
  EXPECT_EQ(ClassifySecret(HolesOf("@{TOKEN}")), SecretKind::kDeferred);
  EXPECT_EQ(ClassifySecret(HolesOf("@{A}${B}")), SecretKind::kInterpolated);
  EXPECT_EQ(ClassifySecret(HolesOf(SampleToken("github-pat") + "@{A}")), SecretKind::kLiteral);
}

TEST(LooksLikeTokenTest, Generated) {
  for (std::string_view name : SampleTokenNames()) {
    const bool none = name == "aws-documentation-key-id" || name == "github-made-up";
    EXPECT_EQ(LooksLikeToken(SampleToken(name)), !none) << name;
  }
  for (const char* text :
       {"k3j9h5kq7l7m8n9p0q1r2", "b7Xk2Lw9Qz4Rt6Yv", "9f86d081884c7d659a2feaa0c55ad015",
        "xy-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "aGVsbG8gd29ybGQgMTIz"}) {
    EXPECT_TRUE(LooksLikeToken(text)) << text;
  }
}

TEST(LooksLikeTokenTest, NamesAndWords) {
  for (const char* text : {"",
                           "git",
                           "__token__",
                           "oauth2accesstoken",
                           "VssSessionToken",
                           "aws",
                           "_json_key",
                           "x-access-token",
                           "gitlab-ci-token",
                           "x-token-auth",
                           "jenkins-ci-user-v2",
                           "deploy",
                           "svc-build-2024-deploy01",
                           "first.last%40corp.com",
                           "00000000-0000-0000-0000-000000000000",
                           "ray-cluster-head-svc",
                           "how-to-use-runtime-env-in-ray-2-0",
                           "ThisIsALongUserNameForTheKeyring",
                           "my-github-app-name",
                           "1234567890123456",
                           "<long-placeholder-token-1a2b3c>"}) {
    EXPECT_FALSE(LooksLikeToken(text)) << text;
  }
}

}  // namespace
}  // namespace oakum
