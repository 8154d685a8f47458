#include <string>

#include <gtest/gtest.h>

#include "analyzer/credential/redact.h"
#include "analyzer/credential/uri.h"
#include "tests/credential/sample_tokens.h"
#include "tests/credential/uri_cases.h"
#include "tests/credential/value_text.h"

namespace oakum {
namespace {

std::string PlaceName(CredentialPlace place) {
  switch (place) {
    case CredentialPlace::kPassword:
      return "password";
    case CredentialPlace::kUser:
      return "user";
    case CredentialPlace::kQuery:
      return "query";
    case CredentialPlace::kPath:
      return "path";
  }
  return "";
}

std::string KindName(SecretKind kind) {
  return kind == SecretKind::kLiteral        ? "literal"
         : kind == SecretKind::kInterpolated ? "interpolated"
         : kind == SecretKind::kDeferred     ? "deferred"
                                             : "none";
}

// "password literal, query interpolated"
std::string Summary(const std::string& text) {
  const std::optional<Uri> uri = ParseUri(HolesOf(ExpandSampleTokens(text)));
  if (!uri) return "no URI";
  std::string out;
  for (const UriCredential& c : CredentialsIn(*uri)) {
    out += (out.empty() ? "" : ", ") + PlaceName(c.place) + " " + KindName(c.kind);
    if (c.expires) out += " expires";
  }
  return out;
}

TEST(CredentialsInTest, TwentyOfTwentyReal) {
  for (const UriCase& t : kRealUris) EXPECT_EQ(Summary(t.uri), t.expected) << t.uri;
}

TEST(CredentialsInTest, NoneOfSixteenPlaceholders) {
  for (const char* uri : kPlaceholderUris) {
    // As text of a host in which nothing expands.
    const std::optional<Uri> parsed = ParseUri(Value(MappedText::Verbatim(uri, 0)));
    ASSERT_TRUE(parsed) << uri;
    EXPECT_TRUE(CredentialsIn(*parsed).empty()) << uri;
  }
}

const UriCase kMore[] = {
    // Tokens as the user.
    {"https://@@token:github-pat@@:x-oauth-basic@github.com/o/r", "user literal"},
    {"https://@@token:github-pat@@:@github.com/o/r", "user literal"},
    {"https://9f86d081884c7d659a2feaa0c55ad015a3bf4f1b:x-oauth-basic@github.com/o/r",
     "user literal"},
    {"https://b7Xk2Lw9Qz4Rt6Yv@pypi.corp.io/simple", "user literal"},
    {"https://${GH_TOKEN}@github.com/o/r", "user interpolated"},
    {"https://${GH_TOKEN}:@github.com/o/r", "user interpolated"},
    {"https://${X}:x-oauth-basic@github.com/o/r", "user interpolated"},
    {"https://${{secrets.PAT_CLONE}}@github.com/o/r", "user interpolated"},
    {"https://${{secrets.NEXUS}}@nexus.corp.io/simple", "user interpolated"},
    {"https://$(gcloud auth print-access-token)@host.io/simple", "user interpolated"},
    {"https://@{GH_TOKEN}@github.com/o/r", "user deferred"},
    {"https://${CREDS}@nexus.corp.io/simple", "user interpolated"},
    // Passwords.
    {"https://u:${P}@h.io/", "password interpolated"},
    {"https://u:@{P}@h.io/", "password deferred"},
    {"https://${U}:${P}@h.io/", "password interpolated"},
    {"https://oauth2accesstoken:$(gcloud x)@h.io/", "password interpolated"},
    {"ssh://git:hunter2@h.io/r", "password literal"},
    {"${S}://u:hunter2@h.io/", "password literal"},
    // Queries and paths.
    {"https://h.io/x?token=s3cr3t-Pw-2291", "query literal"},
    {"https://h.io/x?private_token=@@token:gitlab-pat@@&a=b", "query literal"},
    {"https://h.io/x?a=1&amp;access_token=hunter2", "query literal"},
    {"https://h.io/x?api-key=${KEY}", "query interpolated"},
    {"https://h.io/x?key=@@token:google@@", "query literal"},
    {"https://b.s3.amazonaws.com/k?X-Amz-Credential=k&X-Amz-Expires=60&X-Amz-Signature=9f86d0818",
     "query literal expires"},
    {"https://storage.googleapis.com/"
     "k?X-Goog-Credential=k&X-Goog-Expires=60&X-Goog-Signature=9f86d0818",
     "query literal expires"},
    {"https://b.s3.amazonaws.com/k?AWSAccessKeyId=k&Signature=abcdef1%3D&Expires=1",
     "query literal expires"},
    {"https://conda.anaconda.org/t/xy-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/org", "path literal"},
    {"https://conda.anaconda.org/t/${CONDA_TOKEN}/org", "path interpolated"},
    {"https://h.io/@@token:gitlab-pat@@/x", "path literal"},
    {"https://@@token:slack-webhook@@", "path literal"},
    {"https://pypi.fury.io/b7Xk2Lw9Qz4Rt6Yv/me", "path literal"},
    {"https://@@token:github-pat@@:hunter2@github.com/", "user literal, password literal"},
    // Look-alikes (ray.md 4.2).
    {"https://user@host.io/simple", ""},
    {"https://__token__@host.io/simple", ""},
    {"https://oauth2accesstoken@europe-python.pkg.dev/p/r/simple", ""},
    {"https://aws@d-1.d.codeartifact.eu-west-1.amazonaws.com/pypi/r/simple", ""},
    {"https://VssSessionToken@pkgs.dev.azure.com/o/_packaging/f/pypi/simple", ""},
    {"https://user:@host.io/simple", ""},
    {"ssh://git@github.com/o/r.git", ""},
    {"git+ssh://git@github.com/o/r.git", ""},
    {"ssh://${DEPLOY_TOKEN}@h.io/r", ""},
    {"abfss://container@account.dfs.core.windows.net/x.zip", ""},
    {"wasbs://${TOKEN}@account.blob.core.windows.net/x.zip", ""},
    {"https://${NEXUS_USER}@nexus.corp.io/simple", ""},
    {"https://${{secrets.NEXUS_USER}}@nexus.corp.io/simple", ""},
    {"https://first.last%40corp.io@nexus.corp.io/simple", ""},
    {"https://9f86d081884c7d659a2feaa0c55ad015@o1.ingest.sentry.io/1", ""},
    {"https://github.com/o/r/archive/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b.zip", ""},
    {"https://github.com/o/r/commit/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", ""},
    {"https://discuss.ray.io/t/how-to-use-runtime-env-in-2-0/1234", ""},
    {"https://h.io/t/topic-12/x", ""},
    {"https://codecov.io/gh/o/r/branch/main/graph/badge.svg?token=b7Xk2Lw9Qz", ""},
    {"https://zoom.us/j/123?pwd=b7Xk2Lw9Qz4Rt6Yv9", ""},
    {"https://h.io/x?token=", ""},
    {"https://h.io/x?token=<token>", ""},
    {"https://h.io/x?token=1&key=name&auth=basic&code=200", ""},
    {"https://h.io/x?page_token=abcdefgh1", ""},
    {"https://b.s3.amazonaws.com/k?X-Amz-Credential=xIOSFODNN7EXAMPLE&X-Amz-Signature=9f86d0818",
     ""},
    {"https://h.io/x@1.0/y:z@w", ""},
    {"mailto://", ""},
    {"https://host:8080/a", ""},
    {"https://u:p@h.io", ""},
};

TEST(CredentialsInTest, PlacesAndLookAlikes) {
  for (const UriCase& t : kMore) EXPECT_EQ(Summary(t.uri), t.expected) << t.uri;
}

TEST(CredentialsInTest, LiteralDefaultOfAVariable) {
  Value::Builder builder;
  builder.AppendVerbatim("redis://:", 0);
  const std::string fallback = "b7Xk2Lw9Qz4Rt6Yv";
  builder.Append(Hole{"PASSWORD",
                      HoleOrigin::kEnvironment,
                      FillTime::kInterpolated,
                      {9, 40},
                      std::make_shared<const Value>(MappedText::Verbatim(fallback, 20))});
  builder.AppendVerbatim("@h.io", 40);
  const std::optional<Uri> uri = ParseUri(std::move(builder).Build());
  ASSERT_TRUE(uri);
  const std::vector<UriCredential> found = CredentialsIn(*uri);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, SecretKind::kLiteral);
  EXPECT_EQ(found[0].secret.ToSource(), (Span{20, 36}));
}

struct RedactTest {
  const char* uri;
  const char* shown;
};

const RedactTest kRedactions[] = {
    {"https://u:hunter2@h.io/x", "https://u:[REDACTED]@h.io/x"},
    {"https://u:${P}@h.io:8080/x?a=b#c", "https://u:${P}@h.io:8080/x?a=b#c"},
    {"https://u:a${P}@h.io/", "https://u:[REDACTED]@h.io/"},
    {"https://@@token:github-pat@@@h.io/", "https://[REDACTED]@h.io/"},
    {"https://@@token:github-pat@@:x-oauth-basic@h.io/", "https://[REDACTED]:[REDACTED]@h.io/"},
    {"redis://:hunter2@[::1]:6379/0", "redis://:[REDACTED]@[::1]:6379/0"},
    {"https://h.io/t/@@token:gitlab-pat@@/c?token=hunter2&x=1",
     "https://h.io/t/[REDACTED]/c?token=[REDACTED]&x=1"},
    {"https://${GH_TOKEN}@h.io/r.git", "https://${GH_TOKEN}@h.io/r.git"},
    {"https://h.io/a/b/", "https://h.io/a/b/"},
    {"${S}://u@h.io", "${S}://u@h.io"},
    {"https://h.io/x#@@token:hf@@", "https://h.io/x#[REDACTED]"},
    {"https://@@token:slack-webhook@@", "https://hooks.slack.com/[REDACTED]"},
};

TEST(RedactTest, ShowsAllButCredentials) {
  for (const RedactTest& t : kRedactions) {
    EXPECT_EQ(Redact(*ParseUri(HolesOf(ExpandSampleTokens(t.uri)))), t.shown) << t.uri;
  }
}

// What is masked in `text`, each replaced by "#".
std::string Masked(std::string_view text) {
  std::string out;
  uint32_t at = 0;
  for (Span range : SensitiveRanges(text)) {
    EXPECT_GE(range.begin, at);
    out += std::string(text.substr(at, range.begin - at)) + "#";
    at = range.end;
  }
  return out + std::string(text.substr(at));
}

TEST(SensitiveRangesTest, MasksGenerously) {
  const RedactTest tests[] = {
      {"i https://u:hunter2@h.io and http://x", "i https://u:#@h.io and http://x"},
      {"t=@@token:hf@@;", "t=#;"},
      {"password: hunter2", "password: #"},
      {"password = \"hunter 2\"", "password = \"#\""},
      {"  'api_key': 'abc def',", "  'api_key': '#',"},
      {"PGPASSWORD=hunter2 psql", "PGPASSWORD=# psql"},
      {"MY_TOKEN='x y' z", "MY_TOKEN='#' z"},
      {"{\"auth\": \"dXNlcjpodW50ZXIy\"}", "{\"auth\": \"#\"}"},
      {"Authorization: Bearer abc.def", "Authorization: Bearer #"},
      {"-H 'Authorization: Basic dXNlcjpwdw=='", "-H 'Authorization: Basic #'"},
      {"docker login -u ci --password hunter2 host", "docker login -u ci --password # host"},
      {"docker login -u ci -p hunter2 host", "docker login -u ci -p # host"},
      {"curl -u user:hunter2 http://h.io", "curl -u user:# http://h.io"},
      {"curl --user=user:hunter2 http://h.io", "curl --user=user:# http://h.io"},
      {"machine h.io login ci password hunter2\n", "machine h.io login ci password #\n"},
      {"machine h.io\n  login ci\n  password hunter2", "machine h.io\n  login ci\n  password #"},
      {"//r.io/:_authToken=abcdef", "//r.io/:_authToken=#"},
      {"--from-literal=password=hunter2", "--from-literal=password=#"},
      {"client_secret=abc&x=1", "client_secret=#&x=1"},
      {"-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----\nx", "#\nx"},
  };
  for (const RedactTest& t : tests) EXPECT_EQ(Masked(ExpandSampleTokens(t.uri)), t.shown) << t.uri;
}

TEST(SensitiveRangesTest, ShowsReferencesAndCode) {
  for (const char* text : {"password: ${NEXUS_PASS}",
                           "password=$NEXUS_PASS x",
                           "token: {{ .Values.token }}",
                           "token = os.environ[\"GH_TOKEN\"]",
                           "password = get_password()",
                           "password: <password>",
                           "secretKeyRef:",
                           "secretName: ray-netrc",
                           "token: true",
                           "password: |",
                           "tokens: 12",
                           "imagePullSecrets:",
                           "max_tokens = 100",
                           "ENV TOKENIZERS_PARALLELISM=false",
                           "RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install x",
                           "COPY .netrc /root/",
                           "def login(user, password):",
                           "--password-stdin",
                           "password=\"$PASS\"",
                           "machine ${HOST} login ${USER} password ${PASS}",
                           "token: !Ref X",
                           "https://h.io/simple"}) {
    EXPECT_EQ(Masked(text), text);
  }
}

}  // namespace
}  // namespace oakum
