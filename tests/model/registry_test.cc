#include "analyzer/model/registry.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

Value Text(std::string_view text) {
  return Value(MappedText::Verbatim(text, 0));
}

TEST(Registry, AnyscaleComparesText) {
  struct {
    const char* server;
    const char* registry;
    ServerMatch match;
  } const cases[] = {
      {"docker.io", "docker.io", ServerMatch::kExact},
      {"localhost:5000", "localhost:5000", ServerMatch::kExact},
      {"https://index.docker.io/v1/", "docker.io", ServerMatch::kHubAlias},
      {"hub.docker.com", "docker.io", ServerMatch::kHubAlias},
      {"registry-1.docker.io", "docker.io", ServerMatch::kHubAlias},
      {"https://docker.io", "docker.io", ServerMatch::kForm},
      {"GHCR.io", "ghcr.io", ServerMatch::kForm},
      {"ghcr.io/", "ghcr.io", ServerMatch::kForm},
      {"acme.jfrog.io/ml", "acme.jfrog.io", ServerMatch::kForm},
      {"acme.jfrog.io:443", "acme.jfrog.io", ServerMatch::kForm},
      {"acme.jfrog.io", "other.jfrog.io", ServerMatch::kDifferent},
      {"https://index.docker.io/v1/", "ghcr.io", ServerMatch::kDifferent},
      {"", "docker.io", ServerMatch::kUnknown},
      {"<server>", "docker.io", ServerMatch::kUnknown},
      {"your-registry.example", "docker.io", ServerMatch::kUnknown},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.server);
    EXPECT_EQ(MatchServer(Text(c.server), c.registry), c.match);
  }
}

Facts FromScript(std::string_view script) {
  Facts facts;
  LowerShellText(Text(script), CommandHost::kScript, facts);
  CollectRegistryCommands(facts);
  CollectWrittenNetrcs(facts);
  return facts;
}

TEST(Registry, SecretsOnTheCommandLine) {
  const Facts facts = FromScript(
      "aws secretsmanager create-secret --name=n --secret-string "
      "'{\"username\":\"u\",\"password\":\"p\",\"server\":\"quay.io\"}'\n"
      "aws secretsmanager update-secret --secret-id m --secret-string file://x.json\n"
      "anyscale service deploy -f s.yaml --image-uri=quay.io/a/b:1 --registry-login-secret n\n");
  ASSERT_EQ(facts.registry_secrets.size(), 1u);
  EXPECT_EQ(facts.registry_secrets[0].name, "n");
  EXPECT_EQ(facts.registry_secrets[0].server.text(), "quay.io");
  ASSERT_EQ(facts.registry_secret_uploads.size(), 1u);
  EXPECT_EQ(facts.registry_secret_uploads[0].file, "x.json");
  ASSERT_EQ(facts.registry_images.size(), 1u);
  EXPECT_EQ(facts.registry_images[0].image.text(), "quay.io/a/b:1");
  EXPECT_EQ(facts.registry_images[0].login_secret.text(), "n");
}

TEST(Registry, UploadsOfFiles) {
  const Facts facts = FromScript(
      "aws secretsmanager create-secret --name a --secret-string \"$(cat a.json)\"\n"
      "gcloud secrets create b --project p --data-file=b.json\n"
      "gcloud secrets versions add c --data-file c.json\n"
      "printf '{\"username\":\"u\",\"password\":\"%s\",\"server\":\"quay.io\"}' \"$P\" | "
      "gcloud secrets create d --data-file=-\n");
  ASSERT_EQ(facts.registry_secret_uploads.size(), 3u);
  const char* const names[] = {"a", "b", "c"};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(facts.registry_secret_uploads[i].name, names[i]);
    EXPECT_EQ(facts.registry_secret_uploads[i].file, std::string(names[i]) + ".json");
  }
  ASSERT_EQ(facts.registry_secrets.size(), 1u);
  EXPECT_EQ(facts.registry_secrets[0].name, "d");
  EXPECT_EQ(facts.registry_secrets[0].server.text(), "quay.io");
}

TEST(WrittenText, NetrcFilesThatCommandsWrite) {
  struct {
    const char* script;
    const char* machine;
    const char* password;
  } const cases[] = {
      {"echo \"machine h login u password $P\" > ~/.netrc", "h", "${P}"},
      {"echo -e 'machine h\\nlogin u\\npassword p' >> \"$HOME/.netrc\"", "h", "p"},
      {"printf 'machine %s\\nlogin %s\\npassword %s\\n' h u \"$P\" > /root/.netrc", "h", "${P}"},
      {"cat <<EOF > ~/.netrc\nmachine h\nlogin u\npassword p\nEOF\n", "h", "p"},
      {"cat > ~/.netrc <<'EOF'\nmachine h login u password $P\nEOF\n", "h", "$P"},
      {"tee ~/.netrc <<EOF\nmachine h login u password p\nEOF\n", "h", "p"},
      {"echo machine h login u password p | sudo tee -a /root/.netrc > /dev/null", "h", "p"},
      {"install -m 600 /dev/stdin ~/.netrc <<< 'machine h login u password p'", "h", "p"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.script);
    const Facts facts = FromScript(c.script);
    ASSERT_EQ(facts.netrcs.size(), 1u);
    EXPECT_EQ(facts.netrcs[0].origin, NetrcOrigin::kCommand);
    ASSERT_EQ(facts.netrcs[0].netrc.entries.size(), 1u);
    const NetrcEntry& entry = facts.netrcs[0].netrc.entries[0];
    EXPECT_EQ(entry.machine.value.Describe(), c.machine);
    ASSERT_TRUE(entry.password);
    EXPECT_EQ(entry.password->value.Describe(), c.password);
  }
  EXPECT_TRUE(FromScript("echo machine h login u password p > notes.txt").netrcs.empty());
  EXPECT_TRUE(FromScript("cat ~/.netrc > copy.netrc").netrcs.empty());
}

}  // namespace
}  // namespace oakum
