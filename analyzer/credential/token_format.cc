#include "analyzer/credential/token_format.h"

#include <string_view>

namespace oakum {

namespace {

constexpr std::string_view kAlnum =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kWord =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
constexpr std::string_view kAzure =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_~.-";
constexpr std::string_view kCookie =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%+/=";
constexpr std::string_view kUpperAlnum = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kBase32 = "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kHex = "0123456789abcdef";

constexpr TokenRest Run(std::string_view characters, size_t least, size_t most) {
  return {characters, least, most, nullptr};
}
constexpr TokenRest Run(std::string_view characters, size_t count) {
  return Run(characters, count, count);
}
// A count of up to some hundred is dear to compile: "at least" and a greatest size are not.
constexpr TokenRest Pattern(const char* pattern, size_t most = 4096) {
  return {{}, 0, most, pattern};
}

// Prefixes that start alike stand longest first. Sources: scanners.md section 5.
constexpr TokenFormat kFormats[] = {
    {"GitHub personal access token", "github_pat_", Pattern("[0-9A-Za-z]{22}_[0-9A-Za-z]{59}"),
     CheckGitHubFineGrained},
    {"GitHub personal access token", "ghp_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"GitHub OAuth token", "gho_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"GitHub user token", "ghu_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"GitHub app token", "ghs_",
     Pattern("[0-9]{1,12}_eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{20,}"),
     CheckGitHubJwt},
    {"GitHub app token", "ghs_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"GitHub refresh token", "ghr_", Run(kAlnum, 76), CheckGitHubChecksum},
    {"GitHub refresh token", "ghr_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"GitHub token in base64", "Z2h", Pattern("[a-z]X[0-9A-Za-z+/]{48,}={0,2}", 114),
     CheckWrappedGitHub},
    {"GitHub token in base64", "eC1hY2Nlc3MtdG9rZW46", Pattern("Z2h[a-z]X[0-9A-Za-z+/]{46,}={0,2}"),
     CheckWrappedGitHub},

    {"GitLab personal access token", "glpat-",
     Pattern("[0-9A-Za-z_-]{27,}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}", 313), CheckGitLabRoutable},
    {"GitLab personal access token", "glpat-", Run(kWord, 20)},
    {"GitLab deploy token", "gldt-",
     Pattern("[0-9A-Za-z_-]{27,}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}", 313), CheckGitLabRoutable},
    {"GitLab deploy token", "gldt-", Run(kWord, 20)},
    {"GitLab feed token", "glft-", Run(kWord, 20)},
    {"GitLab SCIM token", "glsoat-", Run(kWord, 20)},
    {"GitLab runner token", "glrt-",
     Pattern("[0-9A-Za-z_-]{27,}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}", 313), CheckGitLabRoutable},
    {"GitLab runner token", "glrt-", Run(kWord, 20)},
    {"GitLab feature flag token", "glffct-", Run(kWord, 20)},
    {"GitLab pipeline trigger token", "glptt-", Run(kHex, 40)},
    {"GitLab CI job token", "glcbt-", Pattern("[0-9A-Za-z]{1,5}_[0-9A-Za-z_-]{20}")},
    {"GitLab agent token", "glagent-", Run(kWord, 50)},
    {"GitLab OAuth application secret", "gloas-", Run(kWord, 64)},
    {"GitLab incoming mail token", "glimt-", Run(kWord, 25)},
    {"GitLab runner registration token", "GR1348941", Run(kWord, 20)},

    {"PyPI API token", "pypi-", Pattern("AgE[0-9A-Za-z_-]{60,}"), CheckPyPiMacaroon},
    {"npm access token", "npm_", Run(kAlnum, 36), CheckGitHubChecksum},
    {"Hugging Face token", "hf_", Run(kAlnum, 34)},
    {"Hugging Face organization token", "api_org_", Run(kAlnum, 34)},
    {"Anyscale API key", "aph0_", Pattern("Ck[0-9A-Za-z_-]{100,}={0,2}", 304), CheckAnyscaleBody},
    {"Anyscale session token", "ash0_", Pattern("Ck[0-9A-Za-z_-]{100,}={0,2}", 304),
     CheckAnyscaleBody},
    {"Docker Hub personal access token", "dckr_pat_", Run(kWord, 27)},
    {"Docker Hub organization token", "dckr_oat_", Run(kWord, 32)},
    {"JFrog API key", "AKCp", Run(kAlnum, 68, 70)},
    {"JFrog reference token", "cmVmdGtu", Run(kAlnum, 56), CheckJFrogReference},

    {"AWS access key ID", "AKIA", Run(kBase32, 16), CheckAwsKeyId},
    {"AWS temporary access key ID", "ASIA", Run(kBase32, 16), CheckAwsKeyId},
    {"AWS bearer token ID", "ABIA", Run(kBase32, 16), CheckAwsKeyId},
    {"AWS context access key ID", "ACCA", Run(kBase32, 16), CheckAwsKeyId},
    {"AWS access key ID", "A3T", Pattern("[A-Z0-9][A-Z2-7]{16}"), CheckAwsKeyId},
    {"AWS Bedrock API key", "ABSK", Pattern("[0-9A-Za-z+/]{109,}={0,2}", 271)},

    {"Slack bot token", "xoxb-", Pattern("[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z]{18,34}")},
    {"Slack user token", "xoxp-",
     Pattern("[0-9]{10,13}-[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z-]{28,34}")},
    {"Slack configuration token", "xoxe.xoxb-", Pattern("[0-9]-[0-9A-Za-z]{163,}", 168)},
    {"Slack configuration token", "xoxe.xoxp-", Pattern("[0-9]-[0-9A-Za-z]{163,}", 168)},
    {"Slack refresh token", "xoxe-", Pattern("[0-9]-[0-9A-Za-z]{146}")},
    {"Slack session token", "xoxc-", Pattern("[0-9]{8,13}-[0-9]{8,13}-[0-9]{8,13}-[0-9a-f]{64}")},
    {"Slack session cookie", "xoxd-", Run(kCookie, 60, 300)},
    {"Slack app token", "xapp-", Pattern("[0-9]-[0-9A-Z]{8,14}-[0-9]{10,14}-[0-9a-f]{64}")},
    {"Slack webhook", "hooks.slack.com/",
     Pattern("(?:services|workflows|triggers)/[0-9A-Za-z+/]{43,56}"), nullptr, 16},

    {"Google API key", "AIza", Run(kWord, 35)},
    {"Google Gemini API key", "AQ.Ab8RN6", Run(kWord, 44)},
    {"Azure storage account key", "AccountKey=", Pattern("[0-9A-Za-z+/]{86}=="), nullptr, 11},
    {"Azure shared access key", "SharedAccessKey=", Pattern("[0-9A-Za-z+/]{43}="), nullptr, 16},

    {"OpenAI API key", "sk-proj-", Pattern("[0-9A-Za-z_-]{20,}T3BlbkFJ[0-9A-Za-z_-]{20,}", 156)},
    {"OpenAI API key", "sk-svcacct-", Pattern("[0-9A-Za-z_-]{20,}T3BlbkFJ[0-9A-Za-z_-]{20,}", 156)},
    {"OpenAI API key", "sk-admin-", Pattern("[0-9A-Za-z_-]{20,}T3BlbkFJ[0-9A-Za-z_-]{20,}", 156)},
    {"Anthropic API key", "sk-ant-api03-", Pattern("[0-9A-Za-z_-]{93}AA")},
    {"Anthropic admin key", "sk-ant-admin01-", Pattern("[0-9A-Za-z_-]{93}AA")},
    {"Anthropic OAuth token", "sk-ant-oat01-", Run(kWord, 80, 120)},
    {"OpenRouter API key", "sk-or-v1-", Run(kHex, 64)},
    {"OpenAI API key", "sk-", Pattern("[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}")},
    {"Weights & Biases API key", "wandb_v1_", Pattern("[0-9A-Za-z]{27}_[0-9A-Za-z]{49}")},
    {"Weights & Biases API key", "WANDB_API_KEY",
     Pattern("[\"']?\\s{0,3}[=:,]\\s{0,3}[\"']?[0-9a-f]{40}"), nullptr, 13},
    {"Databricks token", "dapi", Pattern("[0-9a-f]{32}(?:-[0-9])?")},
    {"NVIDIA API key", "nvapi-", Run(kWord, 60, 70)},
    {"Groq API key", "gsk_", Run(kAlnum, 52)},
    {"Replicate API token", "r8_", Run(kAlnum, 37)},
    {"Together API key", "tgp_v1_", Run(kWord, 43)},
    {"RunPod API key", "rpa_", Run(kUpperAlnum, 46)},
    {"LangSmith API key", "lsv2_pt_", Pattern("[0-9a-f]{32}_[0-9a-f]{10}")},
    {"LangSmith API key", "lsv2_sk_", Pattern("[0-9a-f]{32}_[0-9a-f]{10}")},
    {"Perplexity API key", "pplx-", Run(kAlnum, 48)},
    {"Buildkite API token", "bkua_", Run(kHex, 40)},
    {"CircleCI personal token", "CCIPAT_", Pattern("[0-9A-Za-z]{22}_[0-9a-f]{40}")},
    {"Azure client secret", "Q~", Run(kAzure, 31, 34), nullptr, 0, 4},
};

}  // namespace

std::span<const TokenFormat> TokenFormats() {
  return kFormats;
}

}  // namespace oakum
