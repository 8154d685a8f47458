#include "analyzer/credential/token.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/credential/sample_tokens.h"

namespace oakum {
namespace {

struct FamilyTest {
  const char* name;
  const char* family;
  Checksum checksum;
  const char* left = "";  // context that the format needs, directly before
};

const FamilyTest kFamilies[] = {
    {"anthropic", "Anthropic API key", Checksum::kNone},
    {"anyscale", "Anyscale API key", Checksum::kValid},
    {"anyscale-invalid", "Anyscale API key", Checksum::kInvalid},
    {"aws-key-id", "AWS access key ID", Checksum::kNone},
    {"aws-temporary-key-id", "AWS temporary access key ID", Checksum::kNone},
    {"azure-client-secret", "Azure client secret", Checksum::kNone},
    {"buildkite", "Buildkite API token", Checksum::kNone},
    {"circleci", "CircleCI personal token", Checksum::kNone},
    {"databricks", "Databricks token", Checksum::kNone},
    {"docker-organization", "Docker Hub organization token", Checksum::kNone},
    {"docker-pat", "Docker Hub personal access token", Checksum::kNone},
    {"gemini", "Google Gemini API key", Checksum::kNone},
    {"github-app", "GitHub app token", Checksum::kValid},
    {"github-app-jwt", "GitHub app token", Checksum::kNone},
    {"github-base64", "GitHub token in base64", Checksum::kValid},
    {"github-fine-grained", "GitHub personal access token", Checksum::kValid},
    {"github-oauth", "GitHub OAuth token", Checksum::kValid},
    {"github-pat", "GitHub personal access token", Checksum::kValid},
    {"github-pat-invalid", "GitHub personal access token", Checksum::kInvalid},
    {"github-refresh", "GitHub refresh token", Checksum::kValid},
    {"github-user", "GitHub user token", Checksum::kValid},
    {"gitlab-deploy", "GitLab deploy token", Checksum::kNone},
    {"gitlab-pat", "GitLab personal access token", Checksum::kNone},
    {"gitlab-routable", "GitLab personal access token", Checksum::kValid},
    {"gitlab-routable-invalid", "GitLab personal access token", Checksum::kInvalid},
    {"gitlab-runner", "GitLab runner token", Checksum::kNone},
    {"gitlab-trigger", "GitLab pipeline trigger token", Checksum::kNone},
    {"google", "Google API key", Checksum::kNone},
    {"groq", "Groq API key", Checksum::kNone},
    {"hf", "Hugging Face token", Checksum::kNone},
    {"jfrog-key", "JFrog API key", Checksum::kNone},
    {"jfrog-reference", "JFrog reference token", Checksum::kNone},
    {"langsmith", "LangSmith API key", Checksum::kNone},
    {"npm", "npm access token", Checksum::kValid},
    {"nvidia", "NVIDIA API key", Checksum::kNone},
    {"openai", "OpenAI API key", Checksum::kNone},
    {"openai-old", "OpenAI API key", Checksum::kNone},
    {"openrouter", "OpenRouter API key", Checksum::kNone},
    {"perplexity", "Perplexity API key", Checksum::kNone},
    {"pypi", "PyPI API token", Checksum::kNone},
    {"pypi-test", "PyPI API token", Checksum::kNone},
    {"replicate", "Replicate API token", Checksum::kNone},
    {"runpod", "RunPod API key", Checksum::kNone},
    {"slack-bot", "Slack bot token", Checksum::kNone},
    {"together", "Together API key", Checksum::kNone},
    {"wandb", "Weights & Biases API key", Checksum::kNone},
    {"wandb-legacy", "Weights & Biases API key", Checksum::kNone, "WANDB_API_KEY: "},
};

TEST(FindTokensTest, EveryFamilyBetweenManyNeighbours) {
  for (const FamilyTest& t : kFamilies) {
    for (const char* number : {"", "-2", "-3", "-4"}) {
      const std::string token = SampleToken(std::string(t.name) + number);
      ASSERT_FALSE(token.empty()) << t.name;
      for (const char* left : {"", " ", "\"", "=", ":", "\\n", "%3A", "//"}) {
        for (const char* right : {"", "\n", "\"", "@", ":", ",", "&", "/"}) {
          if (*t.left && *left) continue;
          const std::string text = std::string(left) + t.left + token + right;
          const std::vector<TokenMatch> found = FindTokens(text);
          ASSERT_EQ(found.size(), 1u)
              << t.name << number << " between '" << left << "' and '" << right;
          EXPECT_EQ(found[0].family, t.family);
          EXPECT_EQ(found[0].checksum, t.checksum) << t.name << number;
          EXPECT_EQ(found[0].range.end, text.size() - std::string_view(right).size()) << t.name;
        }
      }
    }
  }
}

TEST(FindTokensTest, NeedsBoundaries) {
  for (const FamilyTest& t : kFamilies) {
    const std::string token = SampleToken(t.name);
    EXPECT_TRUE(FindTokens("x" + (t.left + token)).empty()) << t.name;
    // A wrong character right after the token; only a format of open length may take it in.
    for (const TokenMatch& found : FindTokens(t.left + token + "_")) {
      EXPECT_EQ(found.range.end, token.size() + 1 + std::string_view(t.left).size()) << t.name;
    }
  }
}

TEST(FindTokensTest, ContextIsNoPartOfTheToken) {
  const std::string key = SampleToken("azure-storage-key");
  const std::vector<TokenMatch> found = FindTokens("x;" + key + ";y");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].range, (Span{13, 13 + 88}));
}

TEST(FindTokensTest, SeveralInOrder) {
  const std::string text =
      SampleToken("hf") + ":" + SampleToken("github-pat") + "," + SampleToken("slack-bot");
  const std::vector<TokenMatch> found = FindTokens(text);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_TRUE(std::is_sorted(
      found.begin(), found.end(),
      [](const TokenMatch& a, const TokenMatch& b) { return a.range.end <= b.range.begin; }));
}

// Data in base64 goes on where a token ends.
TEST(FindTokensTest, LeavesOutWhatIsLongerThanItsFormat) {
  std::string body;
  for (int i = 0; body.size() < 300; ++i) body += SampleToken("hf-" + std::to_string(i)).substr(3);
  EXPECT_EQ(FindTokens("ABSK" + body.substr(0, 271)).size(), 1u);
  EXPECT_TRUE(FindTokens("ABSK" + body.substr(0, 272)).empty());
}

TEST(FindTokensTest, LeavesOutMadeUpOnes) {
  const std::string xs(36, 'x');
  for (const std::string& text :
       {"ghp_" + xs, "ghp_" + std::string(36, '0'),
        std::string("ghp_abcdefghijklmnopqrstuvwxyz0123456789"), "hf_" + std::string(34, 'x'),
        std::string("AKIA") + "IOSFODNN7EXAMPLE", std::string("AKIA") + "I44QH8DHBEXAMPLE",
        std::string("glpat-") + "xxxxxxxxxxxxxxxxxxxx",
        std::string("npm_") + "exampleTokenexampleTokenexampleToken",
        std::string("dapi") + std::string(32, 'a'), "AKIA" + std::string(16, 'X'),
        std::string("glpat-") + "your-token-goes-here"}) {
    EXPECT_TRUE(FindTokens(text).empty()) << text;
  }
}

TEST(FindTokensTest, OtherTextIsNone) {
  for (const char* text :
       {"", "gh", "ghp_", "task-sk-learn", "hf_model_name", "https://github.com/o/r", "pypi-server",
        "npm_config_registry", "AKIAISHORT",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "cmVmdGtu is base64 for reftkn"}) {
    EXPECT_TRUE(FindTokens(text).empty()) << text;
  }
}

TEST(SampleTokenTest, IsDeterministicAndComplete) {
  EXPECT_EQ(SampleToken("github-pat"), SampleToken("github-pat"));
  EXPECT_NE(SampleToken("github-pat"), SampleToken("github-pat-2"));
  EXPECT_EQ(SampleToken("no-such-kind"), "");
  const std::vector<std::string_view> names = SampleTokenNames();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (std::string_view name : names) EXPECT_GE(SampleToken(name).size(), 20u) << name;
  EXPECT_EQ(ExpandSampleTokens("a @@token:hf@@ b @@token:nope@@ @@token:"),
            "a " + SampleToken("hf") + " b @@token:nope@@ @@token:");
}

}  // namespace
}  // namespace oakum
