#include "tests/credential/sample_tokens.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>

#include "analyzer/base/siphash.h"
#include "analyzer/credential/token_format.h"

namespace oakum {

namespace {

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kUpper36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Characters that depend on the token's name alone.
class Generator {
 public:
  explicit Generator(std::string_view name) : state_(SipHash({1, 2}, name)) {}

  std::string Take(size_t count, std::string_view alphabet = kBase62) {
    std::string out;
    while (count-- > 0) out += alphabet[Next() % alphabet.size()];
    return out;
  }

  uint32_t Next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33);
  }

 private:
  uint64_t state_;
};

std::string Base64(std::string_view data, bool url_safe) {
  const std::string digits = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") +
                             "0123456789" + (url_safe ? "-_" : "+/");
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : data) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += digits[bits >> (count - 6) & 63];
  }
  if (count > 0) out += digits[bits << (6 - count) & 63];
  if (!url_safe) out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

std::string WithBase62Checksum(std::string_view prefix, std::string body, bool valid) {
  const uint32_t crc = Crc32(body) ^ (valid ? 0u : 1u);
  return std::string(prefix) + body + ToBase62(crc, 6);
}

std::string GitLabRoutable(std::string_view prefix, Generator& g, bool valid) {
  const std::string body = std::string(prefix) + g.Take(40) + ".01." + g.Take(2, kBase36);
  return body + ToBase36(Crc32(body) ^ (valid ? 0u : 1u), 7);
}

std::string AwsKeyId(std::string_view prefix, Generator& g) {
  for (;;) {
    std::string id = std::string(prefix) + g.Take(16, kBase32);
    if (id[4] != 'I' && id[4] != 'J' && CheckAwsKeyId(id).is_token) return id;
  }
}

std::string PyPi(std::string_view host, Generator& g) {
  std::string macaroon = {2, 1, static_cast<char>(host.size())};
  macaroon += host;
  macaroon += std::string("\x02\x24", 2) + g.Take(36, kHex) + g.Take(60);
  return "pypi-" + Base64(macaroon, true);
}

// Field 1: bytes with a signature in them and the user's id.
std::string Anyscale(std::string_view prefix, Generator& g, bool valid) {
  const std::string user = "usr_" + g.Take(24, kBase36);
  const auto field = [](char number, const std::string& data) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(data.size())} + data;
  };
  const std::string body = field(1, g.Take(64)) + field(2, user) + field(3, g.Take(70));
  return std::string(prefix) + Base64(valid ? body : body.substr(0, body.size() - 9), true);
}

std::string GitHubJwt(Generator& g) {
  return "ghs_" + g.Take(7, kDigits) + "_" + Base64(R"({"alg":"RS256","typ":"JWT"})", true) + "." +
         g.Take(180) + "." + g.Take(170);
}

struct Kind {
  std::string_view name;
  std::string (*make)(Generator&);
};

#define OAKUM_SAMPLE(name, expression)                                            \
  {                                                                               \
    name, []([[maybe_unused]] Generator& g) -> std::string { return expression; } \
  }
constexpr Kind kKinds[] = {
    OAKUM_SAMPLE("anthropic", "sk-ant-api03-" + g.Take(93) + "AA"),
    OAKUM_SAMPLE("anyscale", Anyscale("aph0_", g, true)),
    OAKUM_SAMPLE("anyscale-invalid", Anyscale("aph0_", g, false)),
    OAKUM_SAMPLE("aws-documentation-key-id", std::string("AKIA") + "IOSFODNN7EXAMPLE"),
    OAKUM_SAMPLE("aws-key-id", AwsKeyId("AKIA", g)),
    OAKUM_SAMPLE("aws-secret-key", g.Take(40)),
    OAKUM_SAMPLE("aws-temporary-key-id", AwsKeyId("ASIA", g)),
    OAKUM_SAMPLE("azure-client-secret", g.Take(3) + "8Q~" + g.Take(34)),
    OAKUM_SAMPLE("azure-storage-key", "AccountKey=" + g.Take(86) + "=="),
    OAKUM_SAMPLE("azurite-key", "AccountKey=Eby8vdM02xNOcqFl" + g.Take(70) + "=="),
    OAKUM_SAMPLE("buildkite", "bkua_" + g.Take(40, kHex)),
    OAKUM_SAMPLE("circleci", "CCIPAT_" + g.Take(22) + "_" + g.Take(40, kHex)),
    OAKUM_SAMPLE("databricks", "dapi" + g.Take(32, kHex)),
    OAKUM_SAMPLE("docker-organization", "dckr_oat_" + g.Take(32)),
    OAKUM_SAMPLE("docker-pat", "dckr_pat_" + g.Take(27)),
    OAKUM_SAMPLE("gemini", "AQ.Ab8RN6" + g.Take(44)),
    OAKUM_SAMPLE("github-app", WithBase62Checksum("ghs_", g.Take(30), true)),
    OAKUM_SAMPLE("github-app-jwt", GitHubJwt(g)),
    OAKUM_SAMPLE("github-base64", Base64(WithBase62Checksum("ghp_", g.Take(30), true), false)),
    OAKUM_SAMPLE("github-fine-grained",
                 WithBase62Checksum("github_pat_", g.Take(22) + "_" + g.Take(53), true)),
    OAKUM_SAMPLE("github-made-up", "ghp_" + std::string(36, 'x')),
    OAKUM_SAMPLE("github-oauth", WithBase62Checksum("gho_", g.Take(30), true)),
    OAKUM_SAMPLE("github-pat", WithBase62Checksum("ghp_", g.Take(30), true)),
    OAKUM_SAMPLE("github-pat-invalid", WithBase62Checksum("ghp_", g.Take(30), false)),
    OAKUM_SAMPLE("github-refresh", WithBase62Checksum("ghr_", g.Take(70), true)),
    OAKUM_SAMPLE("github-user", WithBase62Checksum("ghu_", g.Take(30), true)),
    OAKUM_SAMPLE("gitlab-deploy", "gldt-" + g.Take(20)),
    OAKUM_SAMPLE("gitlab-pat", "glpat-" + g.Take(20)),
    OAKUM_SAMPLE("gitlab-routable", GitLabRoutable("glpat-", g, true)),
    OAKUM_SAMPLE("gitlab-routable-invalid", GitLabRoutable("glpat-", g, false)),
    OAKUM_SAMPLE("gitlab-runner", "glrt-" + g.Take(20)),
    OAKUM_SAMPLE("gitlab-trigger", "glptt-" + g.Take(40, kHex)),
    OAKUM_SAMPLE("google", "AIza" + g.Take(35)),
    OAKUM_SAMPLE("groq", "gsk_" + g.Take(52)),
    OAKUM_SAMPLE("hf", "hf_" + g.Take(34, kBase62.substr(10))),
    OAKUM_SAMPLE("jfrog-key", "AKCp" + g.Take(69)),
    OAKUM_SAMPLE("jfrog-reference", Base64("reftkn:01:1700000000:" + g.Take(27), false)),
    OAKUM_SAMPLE("langsmith", "lsv2_pt_" + g.Take(32, kHex) + "_" + g.Take(10, kHex)),
    OAKUM_SAMPLE("npm", WithBase62Checksum("npm_", g.Take(30), true)),
    OAKUM_SAMPLE("nvidia", "nvapi-" + g.Take(64)),
    OAKUM_SAMPLE("openai", "sk-proj-" + g.Take(74) + "T3BlbkFJ" + g.Take(74)),
    OAKUM_SAMPLE("openai-old", "sk-" + g.Take(20) + "T3BlbkFJ" + g.Take(20)),
    OAKUM_SAMPLE("openrouter", "sk-or-v1-" + g.Take(64, kHex)),
    OAKUM_SAMPLE("perplexity", "pplx-" + g.Take(48)),
    OAKUM_SAMPLE("pypi", PyPi("pypi.org", g)),
    OAKUM_SAMPLE("pypi-test", PyPi("test.pypi.org", g)),
    OAKUM_SAMPLE("replicate", "r8_" + g.Take(37)),
    OAKUM_SAMPLE("runpod", "rpa_" + g.Take(46, kUpper36)),
    OAKUM_SAMPLE("slack-bot",
                 "xoxb-" + g.Take(12, kDigits) + "-" + g.Take(12, kDigits) + "-" + g.Take(24)),
    OAKUM_SAMPLE("slack-webhook", "hooks.slack.com/services/T" + g.Take(10, kUpper36) + "/B" +
                                      g.Take(10, kUpper36) + "/" + g.Take(24)),
    OAKUM_SAMPLE("together", "tgp_v1_" + g.Take(43)),
    OAKUM_SAMPLE("wandb", "wandb_v1_" + g.Take(27) + "_" + g.Take(49)),
    OAKUM_SAMPLE("wandb-legacy", g.Take(40, kHex)),
};
#undef OAKUM_SAMPLE

// "github-pat-2" without "-2".
std::string_view WithoutNumber(std::string_view name) {
  const size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == name.size()) return name;
  const bool number =
      std::all_of(name.begin() + static_cast<long>(dash) + 1, name.end(),
                  [](char c) { return std::isdigit(static_cast<unsigned char>(c)); });
  return number ? name.substr(0, dash) : name;
}

}  // namespace

std::string SampleToken(std::string_view name) {
  const std::string_view wanted = WithoutNumber(name);
  for (const Kind& kind : kKinds) {
    if (kind.name != wanted) continue;
    Generator generator(name);
    return kind.make(generator);
  }
  return "";
}

std::vector<std::string_view> SampleTokenNames() {
  std::vector<std::string_view> names;
  for (const Kind& kind : kKinds) names.push_back(kind.name);
  return names;
}

std::string ExpandSampleTokens(std::string_view text) {
  constexpr std::string_view kOpen = "@@token:";
  constexpr std::string_view kClose = "@@";
  std::string out;
  while (!text.empty()) {
    const size_t open = std::min(text.find(kOpen), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    const size_t close = text.find(kClose, kOpen.size());
    if (text.empty()) break;
    const std::string token = close == std::string_view::npos
                                  ? ""
                                  : SampleToken(text.substr(kOpen.size(), close - kOpen.size()));
    if (token.empty()) {
      out += text.substr(0, kOpen.size());
      text.remove_prefix(kOpen.size());
    } else {
      out += token;
      text.remove_prefix(close + kClose.size());
    }
  }
  return out;
}

}  // namespace oakum
