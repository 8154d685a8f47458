// OAK106: text with the exact shape of a vendor token that no other rule has reported.

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/reported_secrets.h"
#include "analyzer/engine/rule.h"

namespace oakum {

namespace {

// Anyscale's tokens have no checksum: what they encode is a message that names a user.
bool HasChecksum(const TokenMatch& token) {
  return !token.family.starts_with("Anyscale");
}

// The key ID of a signed query is public without the signature, which is a finding of its own.
bool IsOfSignedQuery(const Document& document, Span token) {
  for (const UriUse& use : document.facts().uris) {
    if (!use.uri.whole.ToSource().Contains(token)) continue;
    const std::vector<UriCredential> credentials = CredentialsIn(use.uri);
    const bool query = std::any_of(use.uri.query.begin(), use.uri.query.end(),
                                   [token](const UriParameter& parameter) {
                                     return parameter.value.ToSource().Contains(token);
                                   });
    if (query && std::any_of(credentials.begin(), credentials.end(), [](const UriCredential& c) {
          return c.place == CredentialPlace::kQuery;
        })) {
      return true;
    }
  }
  return false;
}

Finding Describe(const Rule& rule, const Document& document, const TokenMatch& token) {
  Finding finding;
  finding.rule = &rule;
  finding.where = {&document.source(), token.range};
  finding.secrets = {finding.where};
  finding.anchor = fmt::format("token {}", token.family);
  finding.label = std::string(token.family);
  finding.help =
      "revoke the token and read the new one from the environment, a mounted file or a secret "
      "store";
  if (token.checksum == Checksum::kInvalid) {
    finding.severity = Severity::kWarning;
    finding.message = fmt::format(
        "This text has the shape of a vendor token ({}), but {}. It is mistyped or made up; a real "
        "token in its place would be leaked.",
        token.family,
        HasChecksum(token) ? "its checksum is wrong" : "what it encodes names no user");
    finding.help = "write a placeholder such as <token> if no real token is meant";
  } else if (token.family.find("key ID") != std::string_view::npos) {
    finding.severity = rule.severity;
    finding.message = fmt::format(
        "The file names a vendor key ({}). It says which account the key belongs to and is half of "
        "a "
        "credential; the other half is often close by.",
        token.family);
  } else {
    finding.severity = rule.severity;
    finding.message = fmt::format(
        "The file holds a vendor token ({}). Whoever can read the file, or any commit or image "
        "that "
        "has it, can use the token until it is revoked.{}",
        token.family,
        token.checksum == Checksum::kValid && HasChecksum(token)
            ? " Its checksum is right, so it was issued or made to look so."
            : "");
  }
  return finding;
}

void Check(const Rule& rule, const Document& document, const ReportedSecrets& reported,
           const Report& report) {
  for (const TokenMatch& token : document.facts().tokens) {
    if (reported.Covers(token.range)) continue;
    const bool key_id = token.family.find("key ID") != std::string_view::npos;
    if (key_id && IsOfSignedQuery(document, token.range)) continue;
    report(Describe(rule, document, token));
  }
}

}  // namespace

extern const Rule kKnownToken = {
    .code = "OAK106",
    .name = "known-token",
    .severity = Severity::kError,
    .summary = "A vendor token stands in a file.",
    .check_fallback = Check,
};

}  // namespace oakum
