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

bool EndsUri(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>';
}

// Whether a query that begins at `query` ("?a=b&c=d") names a parameter that CredentialsIn()
// (credential/uri_credentials.h) looks at, or is put together elsewhere.
bool IsTellingQuery(std::string_view query) {
  static constexpr std::string_view kNames[] = {"tok", "key",  "sec", "sig",  "pas",
                                                "pwd", "auth", "bea", "code", "sas"};
  if (query.size() < 2) return true;
  for (size_t begin = 1; begin < query.size();) {
    const size_t end = std::min(query.find_first_of("&;", begin), query.size());
    const std::string_view parameter = query.substr(begin, end - begin);
    const std::string name = ToLower(parameter.substr(0, parameter.find('=')));
    const bool told =
        name.find('%') != name.npos ||
        std::any_of(std::begin(kNames), std::end(kNames),
                    [&name](std::string_view part) { return name.find(part) != name.npos; });
    if (told || parameter.find_first_of("${") != parameter.npos) return true;
    begin = end + 1;
  }
  return false;
}

enum class UriText : uint8_t {
  kWhole,      // as it stands
  kAssembled,  // of parts that may stand elsewhere: "https://" + host, "https://%s" % host
};

// Whether the authority of a URI may hold more than a host, or its query or path a token.
bool IsTellingUri(std::string_view after_mark, UriText as) {
  constexpr size_t kMaxUri = 4096;
  const bool assembled = as == UriText::kAssembled;
  if (assembled && (after_mark.starts_with('"') || after_mark.starts_with('\''))) return true;
  size_t end = 0;
  // A URI may name another in its path or query; a longer chain is looked at from its own marks, so
  // that none is read over and over.
  int marks = 0;
  while (end < std::min(kMaxUri, after_mark.size()) && !EndsUri(after_mark[end])) {
    if (after_mark[end] == ':' && after_mark.substr(end, 3) == "://" && ++marks > 2) break;
    ++end;
  }
  const std::string_view uri = after_mark.substr(0, end);
  static constexpr ByteSet kEndsAuthority("/?#");
  const size_t authority_end = kEndsAuthority.FirstIn(uri);
  const std::string_view authority = uri.substr(0, authority_end);
  if (authority.find('@') != uri.npos) return true;
  static constexpr ByteSet kBeginsReference("${");
  if (assembled &&
      (authority.find('%') != uri.npos || kBeginsReference.FirstIn(uri) < uri.size())) {
    return true;
  }
  const std::string_view rest = uri.substr(authority_end);
  // A password with a raw '/'; "https://host/@scope" is none.
  if (authority.find(':') != uri.npos && rest.find('@') != uri.npos) return true;
  if (rest.find("/t/") != uri.npos) return true;
  if (authority.ends_with("fury.io") || authority.ends_with("cloudsmith.io")) return true;
  const size_t query = rest.find('?');
  return query != uri.npos && IsTellingQuery(rest.substr(query, rest.find('#', query) - query));
}

// What a text of some language can matter for: one of its words, a telling URI, a token. All three
// are looked for in one pass.
class Telling {
 public:
  explicit Telling(std::span<const std::string_view> words,
                   std::span<const std::string_view> more_words = {})
      : words_(words.size() + more_words.size()), literals_(Literals(words, more_words)) {}

  bool In(std::string_view text) const { return Search(text, true, UriText::kAssembled); }
  bool WordOrWholeUriIn(std::string_view text) const { return Search(text, true, UriText::kWhole); }
  bool UriOrTokenIn(std::string_view text) const { return Search(text, false, UriText::kWhole); }
  bool TokenIn(std::string_view text) const { return Search(text, false, std::nullopt); }

 private:
  static constexpr std::string_view kMark = "://";

  static std::vector<std::string_view> Literals(std::span<const std::string_view> words,
                                                std::span<const std::string_view> more_words) {
    std::vector<std::string_view> literals(words.begin(), words.end());
    literals.insert(literals.end(), more_words.begin(), more_words.end());
    literals.push_back(kMark);
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
        found = uris && IsTellingUri(text.substr(begin + kMark.size()), *uris);
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
      if (!telling.In(text)) return false;
      return (MayHaveYamlKind(text, path) && !IsOnlySchema(text)) || by_uri.WordOrWholeUriIn(text);
    }
    case Language::kJson: {
      if (ToolConfigAt(path) || IsBakeFile(path) || IsDevcontainer(path)) return true;
      static const Telling telling(kJsonWords, kNested);
      return telling.In(text);
    }
    case Language::kPython:
    case Language::kNotebook: {
      static const Telling telling(kProgramWords, kNested);
      return telling.In(text);
    }
    case Language::kToml: {
      static const Telling telling(kTomlWords, kNested);
      return telling.In(text);
    }
    case Language::kJustfile:
    case Language::kMakefile: {
      static const Telling telling(kMakeWords);
      return telling.In(text);
    }
    case Language::kDocument: {
      static const Telling telling({});
      return telling.UriOrTokenIn(text);
    }
    case Language::kUnknown: {
      static const Telling telling(kCopiedWords);
      if (text.size() > kMaxCopied) return telling.TokenIn(text);
      return IsOtherProgram(path) ? telling.UriOrTokenIn(text) : telling.In(text);
    }
  }
  return true;
}

}  // namespace oakum
