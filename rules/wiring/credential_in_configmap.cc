// OAK509: a credential in a ConfigMap.

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/held_words.h"

namespace oakum {

namespace {

void CheckHeld(const Rule& rule, const Document& document, const HeldCredential& credential,
               const Report& report) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = credential.well_known ? Severity::kWarning : rule.severity;
  finding.where = {&document.source(), credential.span};
  finding.secrets = {finding.where};
  finding.message = fmt::format(
      "The {} holds {}{}. A ConfigMap is no place for it: roles such as `view`, which may not read "
      "Secrets, read ConfigMaps, `kubectl describe` prints them, and encryption of Secrets leaves "
      "them out.",
      HolderName(credential), DescribeHeld(credential),
      credential.well_known ? ", a default that everybody knows" : "");
  finding.label = "the credential";
  // A literal of configMapGenerator is a value by itself, not a file.
  const bool literal = credential.generator && credential.key.find('.') == std::string::npos;
  finding.help =
      literal
          ? "keep the value in a Secret that is made outside of the tree (`kubectl create secret "
            "generic "
            "NAME --from-literal=...`), and name it in the container with `valueFrom: secretKeyRef`"
          : "keep the file in a Secret that is made outside of the tree (`kubectl create secret "
            "generic "
            "NAME --from-file=...`) and mount that in its place";
  finding.anchor =
      fmt::format("ConfigMap/{} {} {}", credential.holder, credential.key, credential.detail);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;
  for (const HeldCredential& credential : document.facts().held_credentials) {
    if (!credential.config_map || !reported.insert(credential.span).second) continue;
    CheckHeld(rule, document, credential, report);
  }
}

}  // namespace

extern const Rule kCredentialInConfigmap = {
    .code = "OAK509",
    .name = "credential-in-configmap",
    .severity = Severity::kError,
    .summary = "A ConfigMap holds a credential.",
    .check_document = Check,
};

}  // namespace oakum
