#include "analyzer/model/interest.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/base/byte_set.h"
#include "analyzer/base/literal_set.h"
#include "analyzer/base/path.h"
#include "analyzer/credential/token.h"
#include "analyzer/model/lower_bake.h"
#include "analyzer/model/lower_devcontainer.h"
#include "analyzer/model/telling_uri.h"
#include "analyzer/model/tool_config.h"
#include "analyzer/model/yaml_kind.h"

namespace oakum {

namespace {

// What the lowering of a language hands to rules beyond URIs and tokens, by a word that stands
// wherever it does.
constexpr std::string_view kYamlWords[] = {
    "secret",
    "Secret",
    "SECRET",
    "Mode",
    "configMap",
    "ConfigMap",
    "projected",
    "downwardAPI",
    "pass",
    "PASS",
    "token",
    "Token",
    "TOKEN",
    "netrc",
    "NETRC",
    "chmod",
    "auths",
    "registry",
    "build",
    "Dockerfile",
    "dockerfile",
    "_KEY",
    "apiKey",
    "containerEnv",
    "redisPassword",
    "api_key",
    "CRED",
    "AUTH",
    "PWD",
    "volumeMounts",
    "GroupSpec",
    "rayCluster",
    "working_dir",
    "runtime_env",
    "runtimeEnv",
    "py_modules",
    "AccountKey",
    "docker login",
    "docker push",
    "pypirc",
    "npmrc",
    "passw",
    "PASSW",
    "env_vars",
    "login",
    "uthorization",
    "curl",
    "configure set",
    "RAY_RUNTIME_ENV",
    "RAY_DASHBOARD",
    "RAY_JOB_HEADERS",
    "historyServer",
};
constexpr std::string_view kJsonWords[] = {
    "apiVersion", "auths",    "runtime_env", "working_dir",    "py_modules", "env_vars",
    "registry",   "password", "cli_token",   "secretsmanager", "netrc",      "NETRC",
};
constexpr std::string_view kProgramWords[] = {
    "runtime_env",
    "RuntimeEnv",
    "working_dir",
    "py_modules",
    "netrc",
    "NETRC",
    "env_vars",
    "BEARER_TOKEN",
    "chmod",
    "subprocess",
    "os.system",
    "Popen",
    "RUNTIME_ENV",
    "login",
    "uthorization",
    "curl",
    "wget",
    "configure set",
    "RAY_JOB_HEADERS",
    "passw",
    "index-url",
    "index_url",
    "pip install",
    "git clone",
    "registry_login_secret",
    "SecretString",
    "cookies=",
    "extra_python_environs",
};
// Of files that a Dockerfile may copy to where a program looks for its credentials, whatever they
// are called before.
constexpr std::string_view kCopiedWords[] = {
    "kind: Config", "PRIVATE KEY", "\"auth\"",          "_authToken", "_auth=",
    "_password",    "password",    "aws_secret_access", "machine ",
};
constexpr size_t kMaxCopied = 64 << 10;  // no credential file is larger
// 64 of each bracket.
constexpr std::string_view kNested[] = {
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
    "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
};
// What a Python module may give to one that imports it.
constexpr std::string_view kGivenWords[] = {
    "environ", "getenv", "uthorization", "${",     "://", "oken", "TOKEN",
    "assw",    "PASSW",  "ecret",        "SECRET", "KEY", "CRED", "redential",
};
constexpr std::string_view kTomlWords[] = {"netrc", "passw", "token", "username"};

constexpr std::string_view kMakeWords[] = {
    "docker", "podman", "buildah", "netrc", "NETRC",  "pypirc", "npmrc", "oken",
    "TOKEN",  "passw",  "PASS",    "ecret", "SECRET", "curl",   "wget",  "login",
    "chmod",  "index",  "INDEX",   "git ",  "_KEY",   "ray ",   "aws ",  "runtime-env",
};

// What a text of some language can matter for: one of its words, a telling URI, a token. All three
// are looked for in one pass.
class Telling {
 public:
  explicit Telling(std::span<const std::string_view> words,
                   std::span<const std::string_view> more_words = {})
      : words_(words.size() + more_words.size()), literals_(Literals(words, more_words)) {}

  bool In(std::string_view text, UriText as) const { return Search(text, true, as); }
  bool UriOrTokenIn(std::string_view text) const { return Search(text, false, UriText::kProse); }
  bool TokenIn(std::string_view text) const { return Search(text, false, std::nullopt); }

 private:
  static std::vector<std::string_view> Literals(std::span<const std::string_view> words,
                                                std::span<const std::string_view> more_words) {
    std::vector<std::string_view> literals(words.begin(), words.end());
    literals.insert(literals.end(), more_words.begin(), more_words.end());
    literals.insert(literals.end(), kUriMarks.begin(), kUriMarks.end());
    for (std::string_view prefix : TokenPrefixes()) literals.push_back(prefix);
    return literals;
  }

  bool Search(std::string_view text, bool words, std::optional<UriText> uris) const {
    bool found = false;
    bool tokens_searched = false;
    literals_.Each(text, [&](size_t literal, size_t begin) {
      if (literal < words_) {
        found = words;
      } else if (literal == words_) {
        found = uris && IsTellingUri(text, begin + kUriMarks[0].size(), *uris);
      } else if (literal < words_ + kUriMarks.size()) {
        found = uris && IsTellingEscape(text, begin);
      } else if (!tokens_searched) {
        tokens_searched = true;
        found = !FindTokens(text).empty();
      }
      return !found;
    });
    return found;
  }

  const size_t words_;
  const LiteralSet literals_;
};

// A schema says "secret" and "mode" in every other line and sets none of them.
bool IsOnlySchema(std::string_view text) {
  constexpr std::string_view kSeparator = "\n---";
  if (text.find("\nkind: CustomResourceDefinition") == text.npos) return false;
  const size_t second = text.find(kSeparator, std::min<size_t>(text.size(), kSeparator.size()));
  return second == text.npos;
}

}  // namespace

size_t FindDeepNesting(std::string_view text) {
  static const LiteralSet nested(kNested);
  size_t found = text.npos;
  nested.Each(text, [&found](size_t, size_t at) {
    found = at;
    return false;
  });
  return found;
}

bool MayMatterToOthers(std::string_view text, std::string_view path) {
  constexpr size_t kMaxModule = 128 << 10;
  static const LiteralSet words(kGivenWords);
  if (text.size() > kMaxModule) return false;
  bool found = BaseName(path) == "__init__.py" && text.find("import") != text.npos;
  if (found) return true;  // passes on what others define
  words.Each(text, [&found](size_t, size_t) {
    found = true;
    return false;
  });
  return found;
}

bool MayMatter(Language language, std::string_view text, std::string_view path) {
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
    case Language::kHcl:
      return true;
    case Language::kYaml: {
      static const Telling telling(kYamlWords, kNested);
      static const Telling by_uri(kNested);  // finds fewer places to look at
      if (!telling.In(text, UriText::kData)) return false;
      return (MayHaveYamlKind(text, path) && !IsOnlySchema(text)) ||
             by_uri.In(text, UriText::kProse);
    }
    case Language::kJson: {
      if (ToolConfigAt(path) || IsBakeFile(path) || IsDevcontainer(path)) return true;
      static const Telling telling(kJsonWords, kNested);
      return telling.In(text, UriText::kData);
    }
    case Language::kPython:
    case Language::kNotebook: {
      static const Telling telling(kProgramWords, kNested);
      return telling.In(text,
                        language == Language::kPython ? UriText::kProgram : UriText::kNotebook);
    }
    case Language::kToml: {
      static const Telling telling(kTomlWords, kNested);
      return telling.In(text, UriText::kData);
    }
    case Language::kJustfile:
    case Language::kMakefile: {
      static const Telling telling(kMakeWords);
      return telling.In(text, UriText::kData);
    }
    case Language::kDocument: {
      static const Telling telling({});
      return telling.UriOrTokenIn(text);
    }
    case Language::kUnknown: {
      static const Telling telling(kCopiedWords);
      if (text.size() > kMaxCopied) return telling.TokenIn(text);
      return IsOtherProgram(path) ? telling.UriOrTokenIn(text) : telling.In(text, UriText::kData);
    }
  }
  return true;
}

}  // namespace oakum
