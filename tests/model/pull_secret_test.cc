#include "analyzer/model/pull_secret.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {
namespace {

// Each pull secret as "name type key: server user password" with what is odd about it.
std::string Shown(std::string text, Language language) {
  const Source source("x", std::move(text));
  const Facts facts = BuildFacts(source, language);
  std::string out;
  for (const PullSecret& secret : facts.pull_secrets) {
    if (!out.empty()) out += " | ";
    out += secret.name + " " + std::string(secret.type.text()) + " " + secret.key;
    if (!secret.file.empty()) out += " from " + secret.file;
    if (!secret.known) out += " unknown";
    if (!secret.is_json) out += " no-json";
    if (secret.has_helpers) out += " helpers";
    for (const RegistryAuth& auth : secret.auths) {
      out += ": " + auth.server.Describe() + " " + auth.username.Describe() + " " +
             auth.password.Describe() + (auth.has_auth ? " auth" : "");
    }
  }
  return out;
}

constexpr const char* kConfig = "kubernetes.io/dockerconfigjson";

TEST(PullSecret, OfManifests) {
  const std::string head = "apiVersion: v1\nkind: Secret\nmetadata: {name: n}\n";
  const std::string typed = head + "type: kubernetes.io/dockerconfigjson\n";
  EXPECT_EQ(
      Shown(typed + "stringData:\n  .dockerconfigjson: '{\"auths\": {\"quay.io\": {\"username\": "
                    "\"u\", \"password\": \"p\"}}}'\n",
            Language::kYaml),
      std::string("n ") + kConfig + " .dockerconfigjson: quay.io u p");
  // {"auths":{"quay.io":{"auth":"dTpw"}}}
  EXPECT_EQ(
      Shown(
          typed +
              "data:\n  .dockerconfigjson: eyJhdXRocyI6eyJxdWF5LmlvIjp7ImF1dGgiOiJkVHB3In19fQ==\n",
          Language::kYaml),
      std::string("n ") + kConfig + " .dockerconfigjson: quay.io   auth");
  EXPECT_EQ(Shown(typed + "data:\n  .dockerconfigjson: ${CONFIG}\n", Language::kYaml),
            std::string("n ") + kConfig + " .dockerconfigjson unknown");
  EXPECT_EQ(Shown(head + "stringData:\n  password: x\n", Language::kYaml), "");
}

TEST(PullSecret, OfCommands) {
  EXPECT_EQ(Shown("kubectl create secret docker-registry n --docker-server=quay.io "
                  "--docker-username u --docker-password=\"$P\"\n",
                  Language::kShell),
            std::string("n ") + kConfig + " .dockerconfigjson: quay.io u ${P}");
  EXPECT_EQ(Shown("kubectl create secret docker-registry n --docker-username=u "
                  "--docker-password=p\n",
                  Language::kShell),
            std::string("n ") + kConfig + " .dockerconfigjson: https://index.docker.io/v1/ u p");
  EXPECT_EQ(Shown("kubectl create secret generic n --from-file=.dockerconfigjson=c.json "
                  "--type=kubernetes.io/dockerconfigjson\n",
                  Language::kShell),
            std::string("n ") + kConfig + " .dockerconfigjson from c.json unknown");
  EXPECT_EQ(Shown("kubectl create secret generic n --from-literal=a=b\n", Language::kShell), "");
}

TEST(PullSecret, OfFiles) {
  EXPECT_EQ(Shown("{\"auths\": {\"quay.io\": {\"auth\": \"dTpw\"}}, \"credsStore\": \"desktop\"}",
                  Language::kJson),
            "  x helpers: quay.io   auth");
  EXPECT_EQ(Shown("{\"name\": \"auths\"}", Language::kJson), "");
}

}  // namespace
}  // namespace oakum
