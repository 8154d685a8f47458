#include "analyzer/credential/named_secret.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/token.h"

namespace oakum {

namespace {

template <size_t N>
bool Contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Values of switches and choices: REQUIRE_AUTH=basic.
constexpr std::string_view kChoices[] = {
    "0",        "1",       "allow",    "auto",    "basic",         "bearer", "default",
    "deny",     "disable", "disabled", "dynamic", "empty",         "enable", "false",
    "iam",      "jwt",     "ldap",     "md5",     "never",         "nil",    "no",
    "none",     "null",    "oauth",    "oauth2",  "off",           "oidc",   "on",
    "optional", "plain",   "required", "saml",    "scram-sha-256", "static", "true",
    "trust",    "unset",   "yes"};

// Names of things in a store that hands the secret out at run time.
constexpr std::string_view kReferences[] = {
    "arn:",       "aws-sm:",         "azkv:", "berglas:",  "env:",  "file:",   "gcp:",
    "gcpsm:",     "keyvault:",       "op://", "projects/", "ref+",  "secret:", "secretRef:",
    "secretref:", "secretsmanager:", "sm://", "ssm:",      "vault:"};

// A path of a file system: "/run/secrets/token", "./key.pem", "certs/key.pem". A secret with a
// slash in it has mixed runs on both sides.
bool IsPath(std::string_view text) {
  if (text.starts_with('/') || text.starts_with("./") || text.starts_with("../") ||
      text.starts_with("~/")) {
    return true;
  }
  return text.find('/') != text.npos && !LooksLikeToken(text);
}

bool IsReference(std::string_view text) {
  return text.find("://") != text.npos || text.starts_with('@') || text.starts_with("::") ||
         std::any_of(std::begin(kReferences), std::end(kReferences),
                     [text](std::string_view begin) { return text.starts_with(begin); });
}

// Letters, at most some digits at the end, and what joins words: "postgres", "admin123", "my-app".
bool IsPlainWord(std::string_view text) {
  size_t end = text.size();
  while (end > 0 && IsDigit(text[end - 1])) --end;
  if (text.size() - end > 4) return text.size() <= 8 && end == 0;
  return std::all_of(text.begin(), text.begin() + static_cast<long>(end),
                     [](char c) { return IsLower(c) || c == '-' || c == '_' || c == '.'; }) ||
         std::all_of(text.begin(), text.begin() + static_cast<long>(end),
                     [](char c) { return IsAlpha(c); });
}

// Built into the page that every visitor downloads, whatever it is called.
bool IsBundled(std::string_view name) {
  static constexpr std::string_view kPrefixes[] = {"EXPO_PUBLIC_", "GATSBY_", "NEXT_PUBLIC_",
                                                   "REACT_APP_",   "VITE_",   "VUE_APP_"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

// RAY_ASSISTANT_SECRET=ray-assistant-prod: what the secret is called in a store, not the secret.
bool IsNameOfSecret(std::string_view name, std::string_view text) {
  const std::string lower = ToLower(name);
  const size_t first = lower.find('_');
  return lower.ends_with("_secret") && first + 7 <= lower.size() && text.size() > first + 1 &&
         text.starts_with(std::string_view(lower).substr(0, first)) &&
         (text[first] == '-' || text[first] == '_') && IsPlainWord(text);
}

bool HasToken(std::string_view text) {
  return !FindTokens(text).empty();
}

}  // namespace

NamedSecret JudgeNamedSecret(std::string_view name, std::string_view text) {
  if (HasToken(text)) return NamedSecret::kSecret;
  if (!NamesSecret(name)) return NamedSecret::kHarmless;
  if (text.empty() || IsPlaceholder(text) || Contains(kChoices, ToLower(text))) {
    return NamedSecret::kHarmless;
  }
  if (IsReference(text) || IsPath(text) || text.find(' ') != text.npos)
    return NamedSecret::kHarmless;
  if (IsNameOfSecret(name, text)) return NamedSecret::kHarmless;
  const bool number = std::all_of(text.begin(), text.end(), IsDigit);
  if (number && text.size() < 4) return NamedSecret::kHarmless;
  return IsPlainWord(text) ? NamedSecret::kPlainWord : NamedSecret::kSecret;
}

bool NamesSecret(std::string_view name) {
  return HintOf(name) == NameHint::kSecret && !IsBundled(name);
}

bool NamesSecretFile(std::string_view name) {
  return HintOf(name) == NameHint::kSecretFile;
}

bool NamesCredentialUrl(std::string_view name) {
  return HintOf(name) == NameHint::kCredentialUrl;
}

}  // namespace oakum
