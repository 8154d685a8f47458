#include "analyzer/credential/name_hint.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

using Words = std::vector<std::string>;

template <size_t N>
bool Contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <size_t N>
bool EndsWithAny(const std::string_view (&list)[N], std::string_view word) {
  return std::any_of(std::begin(list), std::end(list),
                     [word](std::string_view end) { return word.ends_with(end); });
}

// A word that names a secret, also as the end of a longer one (PGPASSWORD, ACCESSTOKEN).
constexpr std::string_view kSecretEndings[] = {
    "password",  "passwd",    "passphrase", "token",      "apikey",     "secret",
    "secretkey", "accesskey", "privatekey", "credential", "credentials"};
// ... and those that must stand alone: COMPASS and FORECAST are none.
constexpr std::string_view kSecretWords[] = {"pass", "passwords", "pwd",   "pw",   "pswd",
                                             "pat",  "cred",      "creds", "auth", "secrets"};
// Before KEY, TOKENS.
constexpr std::string_view kKeyKinds[] = {
    "api",    "access",       "secret", "private", "account", "signing",   "encryption",
    "master", "deploy",       "ssh",    "storage", "openai",  "anthropic", "wandb",
    "auth",   "subscription", "shared", "admin",   "license", "licence"};
constexpr std::string_view kTokenKinds[] = {"api", "access", "auth", "bearer", "refresh"};

// Words after a secret's name that leave it a secret: which one, for what, in what form.
constexpr std::string_view kNeutralTails[] = {
    "admin",    "aws",  "b64",    "base",    "base64",  "ci",         "content",
    "contents", "data", "db",     "default", "dev",     "docker",     "encoded",
    "env",      "gcp",  "github", "gitlab",  "hf",      "json",       "main",
    "new",      "npm",  "old",    "plain",   "prod",    "production", "pypi",
    "raw",      "read", "ro",     "rw",      "staging", "string",     "test",
    "text",     "user", "value",  "write",   "yaml",    "yml"};

constexpr std::string_view kFileTails[] = {"file", "filename", "path", "location"};

// Words before a secret's name that make it a switch, a count or public.
constexpr std::string_view kPropertyHeads[] = {
    "allow", "count", "disable", "enable", "enabled", "has",      "ignore", "is",  "max", "min",
    "no",    "num",   "public",  "random", "require", "requires", "skip",   "use", "with"};

// Tokens of language models: EOS_TOKEN is a word of a vocabulary.
constexpr std::string_view kModelTokens[] = {"bos",   "cls",  "end", "eos",     "eot",   "image",
                                             "mask",  "next", "pad", "padding", "sep",   "special",
                                             "start", "stop", "unk", "unknown", "video", "audio"};

constexpr std::string_view kUrlTails[] = {"url", "urls", "uri", "uris", "dsn", "endpoint"};

// What a URL or address with a login of its own usually leads to.
constexpr std::string_view kUrlSubjects[] = {
    "amqp",       "broker", "celery",     "clickhouse", "database", "db",     "git",
    "index",      "jdbc",   "mongo",      "mongodb",    "mysql",    "pg",     "postgres",
    "postgresql", "proxy",  "rabbitmq",   "redis",      "registry", "remote", "repo",
    "repository", "smtp",   "sqlalchemy", "webhook",    "wheel",    "wheels"};

void Append(std::string& word, char c) {
  word += ToLower(c);
}

// HF_TOKEN, hfToken, HFToken and hf-token are "hf", "token"; PASSWORD1 is "password". "base64" and
// "b64" stay one word.
Words SplitName(std::string_view name) {
  Words words;
  bool open = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!IsAlpha(c)) {
      if (open && name.substr(i, 2) == "64" && (words.back() == "base" || words.back() == "b")) {
        words.back() += "64";
        ++i;
      }
      open = false;
      continue;
    }
    const bool hump = open && IsUpper(c) && IsLower(name[i - 1]);
    const bool acronym_end =
        open && IsUpper(c) && IsUpper(name[i - 1]) && i + 1 < name.size() && IsLower(name[i + 1]);
    if (!open || hump || acronym_end) words.emplace_back();
    Append(words.back(), c);
    open = true;
  }
  return words;
}

// The words [begin, end) that name a secret, from the last such on; end of it, or 0 if there is
// none.
size_t EndOfSecretWords(const Words& words) {
  for (size_t i = words.size(); i-- > 0;) {
    const std::string& word = words[i];
    const bool after = i > 0;
    if (word == "key" && after && Contains(kKeyKinds, words[i - 1])) return i + 1;
    if (word == "tokens" && after && Contains(kTokenKinds, words[i - 1])) return i + 1;
    if (word == "token" && after && Contains(kModelTokens, words[i - 1])) continue;
    if (Contains(kSecretWords, word) || EndsWithAny(kSecretEndings, word)) return i + 1;
  }
  return 0;
}

bool HasPropertyHead(const Words& words, size_t end) {
  return std::any_of(words.begin(), words.begin() + static_cast<long>(end),
                     [](const std::string& word) { return Contains(kPropertyHeads, word); });
}

NameHint HintOfSecretWords(const Words& words) {
  const size_t end = EndOfSecretWords(words);
  if (end == 0 || HasPropertyHead(words, end)) return NameHint::kNone;
  for (size_t i = end; i < words.size(); ++i) {
    if (Contains(kFileTails, words[i])) return NameHint::kSecretFile;
    if (!Contains(kNeutralTails, words[i])) return NameHint::kNone;
  }
  return NameHint::kSecret;
}

bool IsCredentialUrl(const Words& words) {
  const std::string& last = words.back();
  const auto subject = [](const std::string& word) { return Contains(kUrlSubjects, word); };
  const bool any_subject = std::any_of(words.begin(), words.end(), subject);
  if (last == "dsn" && words.front() != "sentry") return true;
  if (last == "proxy" || last == "index" || last == "indexes") {
    return words.size() > 1 && words.front() != "no";
  }
  if (last == "address" || last == "backend" || last == "hosturl") return any_subject;
  if (words.size() > 1 && last == "links" && words[words.size() - 2] == "find") return true;
  if (words.size() > 1 &&
      (words[words.size() - 2] == "connection" || words[words.size() - 2] == "conn")) {
    return last == "string" || last == "str" || last == "uri" || last == "url";
  }
  return Contains(kUrlTails, last) && any_subject;
}

// Names that no rule of word order explains.
NameHint HintOfKnownName(const Words& words) {
  const auto is = [&words](std::initializer_list<std::string_view> name) {
    return std::equal(words.begin(), words.end(), name.begin(), name.end());
  };
  if (words.front() == "netrc" || words.back() == "netrc") {
    const bool content = words.size() > 1 && Contains(kNeutralTails, words.back());
    return content ? NameHint::kSecret : NameHint::kSecretFile;
  }
  if (is({"google", "application", "credentials"}) || is({"kubeconfig"}) || is({"pgpassfile"})) {
    return NameHint::kSecretFile;
  }
  // The build argument of Frappe images: JSON with repository URLs.
  if (is({"apps", "json", "base64"})) return NameHint::kCredentialUrl;
  return NameHint::kNone;
}

// "secrets.NPM_TOKEN", "os.environ['GH_TOKEN']": the part that names the value.
std::string_view LastComponent(std::string_view name) {
  while (!name.empty() && std::string_view("\"')]} ").find(name.back()) != std::string_view::npos) {
    name.remove_suffix(1);
  }
  const size_t dot = name.find_last_of(".[('\"/ ");
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

NameHint HintOf(std::string_view name) {
  if (name == "PWD" || name == "OLDPWD") return NameHint::kNone;  // the shell's folders
  Words words = SplitName(LastComponent(name));
  if (words.empty()) words = SplitName(name);
  if (words.empty()) return NameHint::kNone;
  if (const NameHint known = HintOfKnownName(words); known != NameHint::kNone) return known;
  if (const NameHint secret = HintOfSecretWords(words); secret != NameHint::kNone) return secret;
  return IsCredentialUrl(words) ? NameHint::kCredentialUrl : NameHint::kNone;
}

}  // namespace oakum
