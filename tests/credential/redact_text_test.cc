#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/credential/generated_word.h"
#include "analyzer/credential/redact.h"
#include "analyzer/credential/reference_literals.h"

namespace oakum {
namespace {

// The text with everything masked that a snippet would mask.
std::string Masked(std::string_view text) {
  std::string out;
  uint32_t shown = 0;
  for (Span range : SensitiveRanges(text)) {
    out += text.substr(shown, range.begin - shown);
    out += kRedacted;
    shown = range.end;
  }
  out += text.substr(shown);
  return out;
}

TEST(RedactTextTest, TakesLoginsOutOfMessages) {
  EXPECT_EQ(RedactText("the password for https://u:s3cr3t-Pw-2291@a.corp.io"),
            "the password for https://u:[REDACTED]@a.corp.io");
  EXPECT_EQ(RedactText("the login for u:correcthorse@ghcr.io here"),
            "the login for u:[REDACTED]@ghcr.io here");
  EXPECT_EQ(RedactText("image a/b:1.0@sha256:abc"), "image a/b:1.0@sha256:abc");
  EXPECT_EQ(RedactText("https:/u:correcthorse@h.io/a.sh"), "https:/u:[REDACTED]@h.io/a.sh");
}

TEST(RedactTextTest, ShowsWhatAHoleNamesAndNotWhatItHolds) {
  Hole hole;
  hole.name = "TOKEN";
  EXPECT_EQ(ShownHole(hole), "${TOKEN}");
  hole.name = "echo correcthorse";
  hole.origin = HoleOrigin::kCommand;
  EXPECT_EQ(ShownHole(hole), "$(echo ...)");
  hole.name = "decrypt(key='correcthorse')";
  hole.origin = HoleOrigin::kExpression;
  EXPECT_EQ(ShownHole(hole), "${decrypt(key='[REDACTED]')}");
}

TEST(RedactTextTest, MasksTheLiteralsOfReferences) {
  const std::string_view texts[] = {
      R"(docker login -p "${{ secrets.A || 'correcthorse' }}")",
      R"(curl -u "a:${{ secrets.X || 'correcthorse' }}")",
      "T=$(echo correcthorse|base64)",
      "git clone https://u:$(echo correcthorse)@h/x",
      "curl -u a:${PW:-correcthorse} h",
      "f\"https://u:{decrypt(key='correcthorse')}@h\"",
      "mysql -u root -pcorrecthorse",
      "MYPASS='correcthorse' cmd",
      "curl --cert c.pem:correcthorse h",
      "machine h login u passowrd correcthorse",
  };
  for (std::string_view text : texts) {
    EXPECT_EQ(Masked(text).find("correcthorse"), std::string::npos) << Masked(text);
  }
}

TEST(RedactTextTest, LeavesOrdinaryLinesReadable) {
  const std::string_view texts[] = {
      "FROM rayproject/ray-ml:2.9.0-py310-gpu AS Base64Encode",
      "image: a/b@sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
      "kind: RayCluster2 # see K8sSecret and OAuth2Client",
      "if: ${{ github.ref == 'refs/heads/main' && 'prod' || 'dev' }}",
      "password: ${{ secrets.GH_TOKEN }}",
      "pip install torch==2.1.0+cu118",
      "echo \"$TOKEN\" | docker login --password-stdin",
  };
  for (std::string_view text : texts) EXPECT_EQ(Masked(text), text);
}

TEST(RedactTextTest, FindsGeneratedWords) {
  EXPECT_EQ(GeneratedWords("--build-arg FOO=s3cr3t-Pw-2291 # Zq7vK2mXw9LpTr4B").size(), 2u);
  EXPECT_TRUE(GeneratedWords("arn:aws:secretsmanager:us-west-2:1:secret:x-a1B2c3D4").empty());
}

TEST(RedactTextTest, ShowsWhatStandsBesideASecret) {
  // The login of a command is none of a netrc.
  EXPECT_EQ(Masked("machine h login u password $T\nEOF\ndocker login -u bot -p $PASSWORD"),
            "machine h login u password $T\nEOF\ndocker login -u bot -p $PASSWORD");
  EXPECT_EQ(Masked("os.system(\"docker login -u bot -p \" + correcthorse)"),
            "os.system(\"docker login -u bot -p \" + [REDACTED])");
  EXPECT_EQ(Masked("os.system(\"docker login -u bot -p \" + 'correct horse')"),
            "os.system(\"docker login -u bot -p \" + '[REDACTED]')");
  // The names of what a block hands on.
  EXPECT_EQ(Masked("secrets: |\n  npm=${{ secrets.NPM }}\n  pip=correcthorse\n"
                   "  key=${{ secrets.KEY || 'correcthorse' }}\n"),
            "secrets: |\n  npm=${{ secrets.NPM }}\n  [REDACTED]\n"
            "  key=${{ secrets.KEY || '[REDACTED]' }}\n");
}

}  // namespace
}  // namespace oakum
