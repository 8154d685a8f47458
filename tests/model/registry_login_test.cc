#include "analyzer/model/registry_login.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

Facts FromScript(std::string_view script) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
  return facts;
}

// The hosts of the login, "?" for one that is not known, "none" for no login.
std::string Hosts(std::string_view script) {
  const Facts facts = FromScript(script);
  const std::optional<RegistryLogin> login = LoginOf(facts.commands.back());
  if (!login) return "none";
  std::string text = login->known ? "" : "?";
  for (const std::string& host : login->hosts) text += (text.empty() ? "" : " ") + host;
  return text;
}

TEST(RegistryLogin, NamesItsHosts) {
  struct {
    const char* command;
    const char* hosts;
  } const cases[] = {
      {"docker login", "docker.io"},
      {"docker login -u me --password-stdin", "docker.io"},
      {"docker login -u me -p x ghcr.io", "ghcr.io"},
      {"docker login https://index.docker.io/v1/ -u me", "docker.io"},
      {"docker login https://registry.acme.dev:5000/v2/", "registry.acme.dev:5000"},
      {"docker login $REGISTRY", "?"},
      {"docker login $ACCOUNT.dkr.ecr.eu-west-1.amazonaws.com", "*.dkr.ecr"},
      {"podman login quay.io", "quay.io"},
      {"helm registry login ghcr.io", "ghcr.io"},
      {"crane auth login -u a -p b gcr.io", "gcr.io"},
      {"gcloud auth configure-docker", "gcr.io us.gcr.io eu.gcr.io asia.gcr.io"},
      {"gcloud auth configure-docker europe-docker.pkg.dev,gcr.io", "europe-docker.pkg.dev gcr.io"},
      {"az acr login --name AcmeMl", "acmeml.azurecr.io"},
      {"az acr login -n $NAME", "?"},
      {"docker logout ghcr.io", "none"},
      {"az login", "none"},
      {"npm login", "none"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.command);
    EXPECT_EQ(Hosts(c.command), c.hosts);
  }
}

std::string Uses(std::string_view script) {
  const Facts facts = FromScript(script);
  std::string text;
  for (const RegistryUse& use : RegistryUsesOf(facts.commands.back())) {
    text += (text.empty() ? "" : ", ") + std::string(use.push ? "push " : "pull ") +
            use.image.Describe() + " at " +
            std::string(script.substr(use.span.begin, use.span.size()));
  }
  return text;
}

TEST(RegistryLogin, UsesStandWhereTheyAreWritten) {
  EXPECT_EQ(Uses("docker push ghcr.io/a/b:1"), "push ghcr.io/a/b:1 at ghcr.io/a/b:1");
  EXPECT_EQ(Uses("I=ghcr.io/a/b; docker pull -q \"$I:1\""), "pull ghcr.io/a/b:1 at \"$I:1\"");
  EXPECT_EQ(Uses("docker buildx build --push -t a/b:1 --tag c/d:2 ."),
            "push a/b:1 at a/b:1, push c/d:2 at c/d:2");
  EXPECT_EQ(Uses("docker build -t a/b:1 ."), "");
  EXPECT_EQ(Uses("docker image pull a/b"), "pull a/b at a/b");
}

TEST(RegistryLogin, ServesItsOwnHostAlone) {
  EXPECT_TRUE(Serves("ghcr.io", "ghcr.io"));
  EXPECT_TRUE(Serves("*.dkr.ecr", "1234.dkr.ecr.eu-west-1.amazonaws.com"));
  EXPECT_FALSE(Serves("acme.dev", "registry.acme.dev"));
  EXPECT_FALSE(Serves("docker.io", "ghcr.io"));
}

}  // namespace
}  // namespace oakum
