#include "analyzer/credential/token_format.h"

namespace oakum {

namespace {

// Prefixes that start alike stand longest first. Sources: scanners.md section 5.
constexpr TokenFormat kFormats[] = {
    {"GitHub personal access token", "github_pat_", "[0-9A-Za-z]{22}_[0-9A-Za-z]{59}",
     CheckGitHubFineGrained},
    {"GitHub personal access token", "ghp_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"GitHub OAuth token", "gho_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"GitHub user token", "ghu_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"GitHub app token", "ghs_",
     "[0-9]{1,12}_eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{20,}", CheckGitHubJwt},
    {"GitHub app token", "ghs_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"GitHub refresh token", "ghr_", "[0-9A-Za-z]{76}", CheckGitHubChecksum},
    {"GitHub refresh token", "ghr_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"GitHub token in base64", "Z2h", "[a-z]X[0-9A-Za-z+/]{48,110}={0,2}", CheckWrappedGitHub},
    {"GitHub token in base64", "eC1hY2Nlc3MtdG9rZW46", "Z2h[a-z]X[0-9A-Za-z+/]{46,}={0,2}",
     CheckWrappedGitHub},

    {"GitLab personal access token", "glpat-",
     "[0-9A-Za-z_-]{27,300}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}", CheckGitLabRoutable},
    {"GitLab personal access token", "glpat-", "[0-9A-Za-z_-]{20}"},
    {"GitLab deploy token", "gldt-", "[0-9A-Za-z_-]{27,300}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}",
     CheckGitLabRoutable},
    {"GitLab deploy token", "gldt-", "[0-9A-Za-z_-]{20}"},
    {"GitLab feed token", "glft-", "[0-9A-Za-z_-]{20}"},
    {"GitLab SCIM token", "glsoat-", "[0-9A-Za-z_-]{20}"},
    {"GitLab runner token", "glrt-", "[0-9A-Za-z_-]{27,300}(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}",
     CheckGitLabRoutable},
    {"GitLab runner token", "glrt-", "[0-9A-Za-z_-]{20}"},
    {"GitLab feature flag token", "glffct-", "[0-9A-Za-z_-]{20}"},
    {"GitLab pipeline trigger token", "glptt-", "[0-9a-f]{40}"},
    {"GitLab CI job token", "glcbt-", "[0-9A-Za-z]{1,5}_[0-9A-Za-z_-]{20}"},
    {"GitLab agent token", "glagent-", "[0-9A-Za-z_-]{50}"},
    {"GitLab OAuth application secret", "gloas-", "[0-9A-Za-z_-]{64}"},
    {"GitLab incoming mail token", "glimt-", "[0-9A-Za-z_-]{25}"},
    {"GitLab runner registration token", "GR1348941", "[0-9A-Za-z_-]{20}"},

    {"PyPI API token", "pypi-", "AgE[0-9A-Za-z_-]{60,}", CheckPyPiMacaroon},
    {"npm access token", "npm_", "[0-9A-Za-z]{36}", CheckGitHubChecksum},
    {"Hugging Face token", "hf_", "[0-9A-Za-z]{34}"},
    {"Hugging Face organization token", "api_org_", "[0-9A-Za-z]{34}"},
    {"Anyscale API key", "aph0_", "Ck[0-9A-Za-z_-]{100,300}={0,2}", CheckAnyscaleBody},
    {"Anyscale session token", "ash0_", "Ck[0-9A-Za-z_-]{100,300}={0,2}", CheckAnyscaleBody},
    {"Docker Hub personal access token", "dckr_pat_", "[0-9A-Za-z_-]{27}"},
    {"Docker Hub organization token", "dckr_oat_", "[0-9A-Za-z_-]{32}"},
    {"JFrog API key", "AKCp", "[0-9A-Za-z]{68,70}"},
    {"JFrog reference token", "cmVmdGtu", "[0-9A-Za-z]{56}", CheckJFrogReference},

    {"AWS access key ID", "AKIA", "[A-Z2-7]{16}", CheckAwsKeyId},
    {"AWS temporary access key ID", "ASIA", "[A-Z2-7]{16}", CheckAwsKeyId},
    {"AWS bearer token ID", "ABIA", "[A-Z2-7]{16}", CheckAwsKeyId},
    {"AWS context access key ID", "ACCA", "[A-Z2-7]{16}", CheckAwsKeyId},
    {"AWS access key ID", "A3T", "[A-Z0-9][A-Z2-7]{16}", CheckAwsKeyId},
    {"AWS Bedrock API key", "ABSK", "[0-9A-Za-z+/]{109,269}={0,2}"},

    {"Slack bot token", "xoxb-", "[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z]{18,34}"},
    {"Slack user token", "xoxp-", "[0-9]{10,13}-[0-9]{10,13}-[0-9]{10,13}-[0-9A-Za-z-]{28,34}"},
    {"Slack configuration token", "xoxe.xoxb-", "[0-9]-[0-9A-Za-z]{163,166}"},
    {"Slack configuration token", "xoxe.xoxp-", "[0-9]-[0-9A-Za-z]{163,166}"},
    {"Slack refresh token", "xoxe-", "[0-9]-[0-9A-Za-z]{146}"},
    {"Slack session token", "xoxc-", "[0-9]{8,13}-[0-9]{8,13}-[0-9]{8,13}-[0-9a-f]{64}"},
    {"Slack session cookie", "xoxd-", "[0-9A-Za-z%+/=]{60,300}"},
    {"Slack app token", "xapp-", "[0-9]-[0-9A-Z]{8,14}-[0-9]{10,14}-[0-9a-f]{64}"},
    {"Slack webhook", "hooks.slack.com/", "(?:services|workflows|triggers)/[0-9A-Za-z+/]{43,56}",
     nullptr, 16},

    {"Google API key", "AIza", "[0-9A-Za-z_-]{35}"},
    {"Google Gemini API key", "AQ.Ab8RN6", "[0-9A-Za-z_-]{44}"},
    {"Azure storage account key", "AccountKey=", "[0-9A-Za-z+/]{86}==", nullptr, 11},
    {"Azure shared access key", "SharedAccessKey=", "[0-9A-Za-z+/]{43}=", nullptr, 16},

    {"OpenAI API key", "sk-proj-", "[0-9A-Za-z_-]{20,74}T3BlbkFJ[0-9A-Za-z_-]{20,74}"},
    {"OpenAI API key", "sk-svcacct-", "[0-9A-Za-z_-]{20,74}T3BlbkFJ[0-9A-Za-z_-]{20,74}"},
    {"OpenAI API key", "sk-admin-", "[0-9A-Za-z_-]{20,74}T3BlbkFJ[0-9A-Za-z_-]{20,74}"},
    {"Anthropic API key", "sk-ant-api03-", "[0-9A-Za-z_-]{93}AA"},
    {"Anthropic admin key", "sk-ant-admin01-", "[0-9A-Za-z_-]{93}AA"},
    {"Anthropic OAuth token", "sk-ant-oat01-", "[0-9A-Za-z_-]{80,120}"},
    {"OpenRouter API key", "sk-or-v1-", "[0-9a-f]{64}"},
    {"OpenAI API key", "sk-", "[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}"},
    {"Weights & Biases API key", "wandb_v1_", "[0-9A-Za-z]{27}_[0-9A-Za-z]{49}"},
    {"Weights & Biases API key", "WANDB_API_KEY", "[\"']?\\s{0,3}[=:,]\\s{0,3}[\"']?[0-9a-f]{40}",
     nullptr, 13},
    {"Databricks token", "dapi", "[0-9a-f]{32}(?:-[0-9])?"},
    {"NVIDIA API key", "nvapi-", "[0-9A-Za-z_-]{60,70}"},
    {"Groq API key", "gsk_", "[0-9A-Za-z]{52}"},
    {"Replicate API token", "r8_", "[0-9A-Za-z]{37}"},
    {"Together API key", "tgp_v1_", "[0-9A-Za-z_-]{43}"},
    {"RunPod API key", "rpa_", "[0-9A-Z]{46}"},
    {"LangSmith API key", "lsv2_pt_", "[0-9a-f]{32}_[0-9a-f]{10}"},
    {"LangSmith API key", "lsv2_sk_", "[0-9a-f]{32}_[0-9a-f]{10}"},
    {"Perplexity API key", "pplx-", "[0-9A-Za-z]{48}"},
    {"Buildkite API token", "bkua_", "[0-9a-f]{40}"},
    {"CircleCI personal token", "CCIPAT_", "[0-9A-Za-z]{22}_[0-9a-f]{40}"},
    {"Azure client secret", "Q~", "[0-9A-Za-z_~.-]{31,34}", nullptr, 0, 4},
};

}  // namespace

std::span<const TokenFormat> TokenFormats() {
  return kFormats;
}

}  // namespace oakum
