// OAK510: a Secret with its value, or a registry login, kept in the tree.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/held_words.h"

namespace oakum {

namespace {

constexpr std::string_view kHelp =
    "replace the credential, take the value out of the tree, and have the Secret made where it is "
    "used: `kubectl create secret --from-file`, an ExternalSecret, a SealedSecret or SOPS";

void CheckHeld(const Rule& rule, const Document& document, const HeldCredential& credential,
               const Report& report) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = credential.well_known ? Severity::kWarning : rule.severity;
  finding.where = {&document.source(), credential.span};
  finding.secrets = {finding.where};
  finding.message = fmt::format(
      "The {} is kept in the tree with {}{}. {}", HolderName(credential), DescribeHeld(credential),
      credential.well_known ? ", a default that everybody knows" : "",
      credential.encoded
          ? "base64 is no encryption: whoever can read the file, or a commit that has it, has the "
            "credential."
          : "Whoever can read the file, or a commit that has it, has the credential.");
  finding.label = credential.encoded ? "base64 of the credential" : "the credential";
  finding.help = kHelp;
  finding.anchor =
      fmt::format("Secret/{} {} {}", credential.holder, credential.key, credential.detail);
  report(std::move(finding));
}

// A server with a path of its own is some other service.
bool NamesRegistry(const Value& server) {
  if (!server.is_literal() || server.empty()) return true;
  const std::string host = ServerHost(server.text());
  if (IsKnownRegistry(host) || IsHubAlias(server.text())) return true;
  std::string_view rest = server.text();
  rest =
      rest.substr(std::min(rest.size(), rest.find("://") == rest.npos ? 0 : rest.find("://") + 3));
  const size_t slash = rest.find('/');
  const std::string_view path = slash == rest.npos ? "" : rest.substr(slash);
  return path.empty() || path == "/" || path.starts_with("/v1") || path.starts_with("/v2");
}

// A registry login that a secret manager is to hold, kept as a file.
void CheckLogin(const Rule& rule, const Document& document, const RegistrySecret& secret,
                const Report& report) {
  if (ClassifySecret(secret.password) != SecretKind::kLiteral) return;
  if (!NamesRegistry(secret.server)) return;
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), secret.password.ToSource()};
  finding.secrets = {finding.where};
  finding.message = fmt::format(
      "This registry login is kept in the tree with its password{}. Whoever can read the file, or "
      "a commit that has it, can log in to the registry.",
      secret.server.is_literal() && !secret.server.empty()
          ? fmt::format(" for {}", secret.server.text())
          : "");
  finding.label = "the password";
  finding.help =
      "replace the password, keep the file out of the tree, and hand it to the secret manager from "
      "where it is made";
  finding.anchor = "registry login";
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  std::set<Span> reported;
  for (const HeldCredential& credential : facts.held_credentials) {
    if (credential.config_map || !reported.insert(credential.span).second) continue;
    CheckHeld(rule, document, credential, report);
  }
  if (document.language() != Language::kJson) return;
  for (const RegistrySecret& secret : facts.registry_secrets) {
    CheckLogin(rule, document, secret, report);
  }
}

}  // namespace

extern const Rule kSecretInManifest = {
    .code = "OAK510",
    .name = "secret-in-manifest",
    .severity = Severity::kError,
    .summary = "A Secret manifest or registry login is kept in the tree with its value.",
    .check_document = Check,
};

}  // namespace oakum
