#include "analyzer/model/interest.h"

#include <algorithm>
#include <span>

#include "analyzer/credential/token.h"
#include "analyzer/model/yaml_kind.h"

namespace oakum {

namespace {

// What the lowering of a language hands to rules beyond URIs and tokens, by a word that stands
// wherever it does.
constexpr std::string_view kYamlWords[] = {
    "secret",      "Secret",      "Mode",       "configMap",  "projected",  "downwardAPI",
    "passw",       "PASSW",       "token",      "TOKEN",      "netrc",      "NETRC",
    "chmod",       "auths",       "registry",   "build",      "Dockerfile", "dockerfile",
    "working_dir", "runtime_env", "runtimeEnv", "py_modules",
};
constexpr std::string_view kJsonWords[] = {
    "apiVersion", "auths",    "runtime_env",    "working_dir", "py_modules", "env_vars",
    "registry",   "password", "secretsmanager", "netrc",       "NETRC",
};
constexpr std::string_view kProgramWords[] = {
    "runtime_env", "RuntimeEnv", "working_dir", "py_modules",  "netrc",
    "NETRC",       "chmod",      "subprocess",  "os.system",   "Popen",
    "passw",       "index-url",  "index_url",   "pip install", "git clone",
};
// Of files that a Dockerfile may copy to where a program looks for its credentials, whatever they
// are called before.
constexpr std::string_view kCopiedWords[] = {
    "kind: Config", "PRIVATE KEY", "\"auth\"",          "_authToken", "_auth=",
    "_password",    "password",    "aws_secret_access", "machine ",
};
constexpr size_t kMaxCopied = 64 << 10;  // no credential file is larger
constexpr std::string_view kTomlWords[] = {"netrc", "passw", "token", "username"};

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

bool MayMatter(Language language, std::string_view text, std::string_view path) {
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
      return (MayHaveYamlKind(text, path) && !IsOnlySchema(text) && HasAny(text, kYamlWords)) ||
             has_credential();
    case Language::kJson:
      return HasAny(text, kJsonWords) || has_credential();
    case Language::kPython:
    case Language::kNotebook:
      return HasAny(text, kProgramWords) || has_credential();
    case Language::kToml:
      return HasAny(text, kTomlWords) || has_credential();
    case Language::kDocument:
      return has_credential();
    case Language::kUnknown:
      return !FindTokens(text).empty() ||
             (text.size() <= kMaxCopied && (HasTellingUri(text) || HasAny(text, kCopiedWords)));
  }
  return true;
}

}  // namespace oakum
