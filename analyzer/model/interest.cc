#include "analyzer/model/interest.h"

#include <algorithm>
#include <span>

#include "analyzer/credential/token.h"

namespace oakum {

namespace {

// Words of data formats that say "this may be about credentials or about a Ray runtime
// environment".
constexpr std::string_view kDataWords[] = {
    "Mode", "NETRC",   "auths",  "docker", "mode",   "netrc", "passw",       "registry",
    "run:", "runtime", "secret", "Secret", "server", "token", "working_dir",
};

constexpr std::string_view kProgramWords[] = {
    "NETRC", "anyscale", "chmod",      "environ", "netrc",       "os.system", "passw",
    "pip",   "runtime",  "subprocess", "token",   "working_dir", "secret",    "TOKEN",
};

constexpr std::string_view kTomlWords[] = {"index", "netrc", "passw", "source", "token"};

bool HasAny(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != text.npos; });
}

bool EndsUri(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>';
}

// A URI whose authority may hold more than a host, or whose query or path may hold a token.
bool HasTellingUri(std::string_view text) {
  constexpr std::string_view kMark = "://";
  constexpr size_t kMaxUri = 4096;
  for (size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at)) {
    at += kMark.size();
    const size_t end = at + std::min(kMaxUri, text.size() - at);
    for (size_t i = at; i < end && !EndsUri(text[i]); ++i) {
      const char c = text[i];
      if (c == '@' || c == '?' || c == '$' || c == '{' || c == '%') return true;
      if (c == '/' && text.substr(i, 3) == "/t/") return true;
    }
  }
  return false;
}

// A schema says "secret" and "mode" in every other line and sets none of them.
bool IsOnlySchema(std::string_view text) {
  constexpr std::string_view kSeparator = "\n---";
  if (text.find("\nkind: CustomResourceDefinition") == text.npos) return false;
  const size_t second = text.find(kSeparator, std::min<size_t>(text.size(), kSeparator.size()));
  return second == text.npos;
}

}  // namespace

bool MayMatter(Language language, std::string_view text) {
  const auto has_credential = [text] { return HasTellingUri(text) || !FindTokens(text).empty(); };
  switch (language) {
    case Language::kDockerfile:
    case Language::kShell:
    case Language::kIni:
    case Language::kNpmrc:
    case Language::kRequirements:
    case Language::kNetrc:
    case Language::kGitCredentials:
    case Language::kDotenv:
    case Language::kIgnoreFile:
      return true;
    case Language::kYaml:
      return (!IsOnlySchema(text) && HasAny(text, kDataWords)) || has_credential();
    case Language::kJson:
      return HasAny(text, kDataWords) || has_credential();
    case Language::kPython:
    case Language::kNotebook:
      return HasAny(text, kProgramWords) || has_credential();
    case Language::kToml:
      return HasAny(text, kTomlWords) || has_credential();
    case Language::kUnknown:
    case Language::kDocument:
      return has_credential();
  }
  return true;
}

}  // namespace oakum
