#include "analyzer/model/held_credential.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Each credential as the text it covers.
std::vector<std::string> In(std::string_view name, const std::string& text, bool for_secrets) {
  std::vector<std::string> found;
  const Value value(MappedText::Verbatim(text, 0));
  for (const HeldCredential& credential : CredentialsInFile(name, value, for_secrets)) {
    found.push_back(text.substr(credential.span.begin, credential.span.size()));
  }
  return found;
}

TEST(HeldCredential, ReadsAValueAsTheFileThatItsKeyNames) {
  EXPECT_THAT(
      In(".netrc", "machine a.dev login u password Pw-1\nmachine b.dev password Pw-2", false),
      ElementsAre("Pw-1", "Pw-2"));
  EXPECT_THAT(In("anything", "machine a.dev\n login u\n password Pw-1\n", false),
              ElementsAre("Pw-1"));
  EXPECT_THAT(In(".netrc", "machine a.dev login anonymous password me@a.dev", false), IsEmpty());
  EXPECT_THAT(In("redis.conf", "port 1\nrequirepass Pw-2291 \nmasterauth Pw-2292\n", false),
              ElementsAre("Pw-2291", "Pw-2292"));
  EXPECT_THAT(In("pip.conf", "[global]\nindex-url = https://u:Pw-1@h.dev/simple\n", false),
              ElementsAre("Pw-1"));
  EXPECT_THAT(
      In("config.json", R"({"auths": {"h.dev": {"username": "u", "password": "Pw-1"}}})", false),
      ElementsAre("Pw-1"));
  EXPECT_THAT(In("config.json", R"({"auths": {"h.dev": {"auth": "dTpQdy0x"}}})", false),
              ElementsAre("dTpQdy0x"));
  EXPECT_THAT(In("config.json", R"({"auths": {"h.dev": {"auth": "dTpjaGFuZ2VtZQ=="}}})", false),
              IsEmpty());
  EXPECT_THAT(In("app.yaml", "db:\n  user: app\n  password: \"Pw-1\"  # prod\n", false),
              ElementsAre("Pw-1"));
  EXPECT_THAT(In("app.properties", "db.password=Pw-1\ndb.password.file=/x\n", false),
              ElementsAre("Pw-1"));
  EXPECT_THAT(In("app.json", R"({"db": {"password": "Pw-1", "host": "h"}})", false),
              ElementsAre("Pw-1"));
  EXPECT_THAT(In("app.xml", "<a>\n  <password>Pw-1</password>\n</a>", false), ElementsAre("Pw-1"));
}

TEST(HeldCredential, LeavesReferencesAndPlaceholdersAlone) {
  for (const std::string_view text :
       {"password: ${DB_PASSWORD}", "password: $DB_PASSWORD", "password: changeme", "password: ''",
        "password: <password>", "password: true", "existingSecret: app-creds", "password:",
        "passwordFile: /run/secrets/db", "password: /run/secrets/db", "password: vault:db#pw",
        "# password: Pw-1", "password: ENC[AES256_GCM,data:x]", "auth: basic"}) {
    EXPECT_THAT(In("app.yaml", "a: b\n" + std::string(text) + "\n", false), IsEmpty()) << text;
  }
  EXPECT_THAT(In("start.sh", "PASSWORD=Pw-1\n", false), IsEmpty());
  EXPECT_THAT(In("start", "#!/bin/sh\nPASSWORD=Pw-1\n", false), IsEmpty());
}

TEST(HeldCredential, TrustsASecretMore) {
  EXPECT_THAT(In("cookie", "9f3cA71be0D24c55aa0", true), ElementsAre("9f3cA71be0D24c55aa0"));
  EXPECT_THAT(In("cookie", "9f3cA71be0D24c55aa0", false), IsEmpty());
  EXPECT_THAT(In("username", "admin", true), IsEmpty());
}

TEST(HeldCredential, FindsPrivateKeysWithABody) {
  const std::string body(64, 'A');
  const std::string begin = "-----BEGIN RSA PRIVATE KEY-----";
  EXPECT_THAT(In("tls.key", begin + "\n" + body + "\n", false), ElementsAre(begin));
  EXPECT_THAT(In("sa.json", "{\"private_key\": \"" + begin + "\\n" + body + "\\n\"}", false),
              ElementsAre(begin));
  EXPECT_THAT(In("tls.key", begin + "\n...\n", false), IsEmpty());
}

TEST(HeldCredential, DecodesBase64) {
  auto in = [](const std::string& text) {
    return CredentialsInBase64("password", Value(MappedText::Verbatim(text, 0)),
                               {0, static_cast<uint32_t>(text.size())}, true);
  };
  ASSERT_EQ(in("VHIwdWI0ZG9yJjM=").size(), 1u);
  EXPECT_TRUE(in("VHIwdWI0ZG9yJjM=")[0].encoded);
  EXPECT_THAT(in("Y2hhbmdlbWU="), IsEmpty());
  EXPECT_THAT(in(""), IsEmpty());
}

TEST(PlainSecret, JudgesNameAndValueTogether) {
  auto judge = [](std::string_view name, const std::string& text) {
    return JudgePlainSecret(name, Value(MappedText::Verbatim(text, 0)));
  };
  EXPECT_EQ(judge("DB_PASSWORD", "Tr0ub4dor&3"), PlainSecret::kReal);
  EXPECT_EQ(judge("DB_PASSWORD", "minioadmin"), PlainSecret::kWellKnown);
  EXPECT_EQ(judge("REDIS_PASSWORD", "5241590000000000"), PlainSecret::kReal);
  EXPECT_EQ(judge("CLIENT_SECRET", "s3cr3t-Pw-2291"), PlainSecret::kReal);
  EXPECT_EQ(judge("DSN", "host=h user=u password=Tr0ub4dor&3"), PlainSecret::kReal);
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"DB_SECRET", "prod-pg-creds"},
           {"AUTH", "ldap"},
           {"AUTH_MODE", "token"},
           {"DB_PASSWORD", "/run/secrets/db"},
           {"DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:1:secret:db"},
           {"DB_PASSWORD", "true"},
           {"API_TOKEN", "https://vault.acme.dev"},
           {"HOST", "Tr0ub4dor&3"}}) {
    EXPECT_EQ(judge(name, text), PlainSecret::kNone) << name << "=" << text;
  }
}

}  // namespace
}  // namespace oakum
