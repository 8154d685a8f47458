#include "analyzer/model/credential_content.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"
#include "analyzer/syntax/netrc.h"

namespace oakum {
namespace {

// Keys of credential files that no variable is called like.
constexpr std::array<std::string_view, 6> kSecretKeys = {
    "auth", "_auth", "_authtoken", "_password", "client-key-data", "identitytoken"};

bool IsKeyCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// Text that a program or a person replaces: `${TOKEN}` in an .npmrc, `{{ token }}` in a template.
bool IsReference(std::string_view text) {
  return text.starts_with("$") || text.find("${") != text.npos || text.find("{{") != text.npos ||
         text.starts_with("%(");
}

// What `always-auth=true` has: the name speaks of a credential, the value switches something.
bool IsSwitch(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSwitches = {"true", "false", "yes",  "no",
                                                         "on",   "off",   "null", "none"};
  return std::find(kSwitches.begin(), kSwitches.end(), text) != kSwitches.end();
}

bool IsSecret(const Value& value) {
  if (IsSwitch(value.text())) return false;

  const SecretKind kind = ClassifySecret(value);
  if (kind == SecretKind::kInterpolated) return true;
  return kind == SecretKind::kLiteral && !IsReference(value.text());
}

// The value behind `at`, which is just behind a '=' or ':'.
Value ValueAt(const Value& content, uint32_t at) {
  const std::string_view text = content.text();
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  std::string_view ends = " \t\r\n,}]";
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    ends = text[at] == '"' ? "\"\n" : "'\n";
    ++at;
  }
  const size_t end = text.find_first_of(ends, at);
  return content.Slice({at, static_cast<uint32_t>(std::min(end, text.size()))});
}

void AddSecretPairs(const Value& content, std::vector<Value>& out) {
  const std::string_view text = content.text();
  for (uint32_t at = 0; at < text.size();) {
    if (text[at] == '#' && (at == 0 || text[at - 1] == '\n')) {
      at = static_cast<uint32_t>(std::min(text.find('\n', at), text.size()));
      continue;
    }
    if (!IsKeyCharacter(text[at])) {
      ++at;
      continue;
    }
    const uint32_t begin = at;
    while (at < text.size() && IsKeyCharacter(text[at])) ++at;
    uint32_t next = at;
    if (next < text.size() && (text[next] == '"' || text[next] == '\'')) ++next;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    if (next >= text.size() || (text[next] != '=' && text[next] != ':')) continue;
    if (!IsSecretKey(text.substr(begin, at - begin))) continue;
    Value value = ValueAt(content, next + 1);
    if (IsSecret(value)) out.push_back(std::move(value));
  }
}

void AddNetrcPasswords(const Value& content, std::vector<Value>& out) {
  for (const NetrcEntry& entry : ParseNetrc(content).entries) {
    const bool anonymous = entry.login && entry.login->value.text() == "anonymous";
    if (!anonymous && entry.password && IsSecret(entry.password->value)) {
      out.push_back(entry.password->value);
    }
  }
}

void AddUriCredentials(const Value& content, std::vector<Value>& out) {
  for (const Uri& uri : FindUris(content)) {
    for (const UriCredential& credential : CredentialsIn(uri)) {
      if (IsSecret(credential.secret)) out.push_back(credential.secret);
    }
  }
}

// From the header of a key on.
void AddPrivateKey(const Value& content, std::vector<Value>& out) {
  const size_t at = content.text().find("PRIVATE KEY");
  if (at != std::string_view::npos) out.push_back(content.Slice(static_cast<uint32_t>(at)));
}

}  // namespace

bool IsSecretKey(std::string_view key) {
  std::string lower(key);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return std::find(kSecretKeys.begin(), kSecretKeys.end(), lower) != kSecretKeys.end() ||
         HintOf(key) == NameHint::kSecret;
}

bool HoldsUriCredential(const Value& content) {
  std::vector<Value> found;
  AddUriCredentials(content, found);
  return !found.empty();
}

std::vector<Value> CredentialsOf(CredentialFileKind kind, const Value& content) {
  std::vector<Value> found;
  switch (kind) {
    case CredentialFileKind::kNetrc:
      AddNetrcPasswords(content, found);
      return found;
    case CredentialFileKind::kSshKey:
      AddPrivateKey(content, found);
      return found;
    case CredentialFileKind::kToolToken:
      if (IsSecret(content.Trimmed())) found.push_back(content.Trimmed());
      return found;
    case CredentialFileKind::kCloudKey:
      AddPrivateKey(content, found);
      AddSecretPairs(content, found);
      return found;
    default:
      break;
  }
  AddUriCredentials(content, found);
  AddSecretPairs(content, found);
  for (const TokenMatch& token : FindTokens(content.text())) {
    found.push_back(content.Slice(token.range));
  }
  return found;
}

std::optional<CredentialFile> CredentialFileOf(const Value& content) {
  const std::string_view text = content.Trimmed().text();
  std::string_view name;
  if (text.starts_with("machine ") || text.starts_with("machine\t") ||
      text.starts_with("machine\n") || text.find("\nmachine ") != text.npos) {
    name = ".netrc";
  } else if (text.find(":_authToken=") != text.npos || text.find(":_password=") != text.npos) {
    name = ".npmrc";
  }
  const std::optional<CredentialFile> file = CredentialFileAt(name);
  return file && HoldsCredential(file->kind, content) ? file : std::nullopt;
}

bool HoldsCredential(CredentialFileKind kind, const Value& content) {
  return !CredentialsOf(kind, content).empty();
}

}  // namespace oakum
