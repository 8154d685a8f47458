// OAK105: a credential in a URI that is none of a runtime_env, an index, a requirement or a git
// remote: those have rules of their own, which know who records the URI.

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/credential/redact.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/reported_secrets.h"
#include "analyzer/engine/rule.h"
#include "rules/uri/uri_finding.h"

namespace oakum {

namespace {

// Where an assembled URI is kept although its parts come from elsewhere; null where it is not.
const char* RecordedIn(UriSink sink) {
  switch (sink) {
    case UriSink::kImage:
      return "the image, in its history or a layer";
    case UriSink::kCi:
      return "the command line of a CI job";
    case UriSink::kWrittenFile:
      return "a file that is written here";
    case UriSink::kRay:
      return "Ray's logs and job table";
    case UriSink::kFile:
    case UriSink::kCommandLine:
    case UriSink::kProgram:
      return nullptr;
  }
  return nullptr;
}

bool Counts(const UriCredential& credential, UriSink sink) {
  return credential.kind == SecretKind::kLiteral ||
         (credential.kind == SecretKind::kInterpolated && RecordedIn(sink));
}

std::string Subject(const UriCredential& credential) {
  switch (credential.place) {
    case CredentialPlace::kPassword:
      return "password";
    case CredentialPlace::kUser:
      return "token in place of the user";
    case CredentialPlace::kQuery:
      return credential.expires ? "signature that is as good as a password until it expires"
                                : fmt::format("secret query parameter `{}`", credential.detail);
    case CredentialPlace::kPath:
      return "token in the path";
  }
  return "credential";
}

std::string Message(const UriUse& use, const UriCredential& credential) {
  const std::string uri = Redact(use.uri);
  std::string message;
  if (credential.kind == SecretKind::kLiteral) {
    message = fmt::format(
        "The URI `{}` carries a {}. Everyone who can read this file, or a commit that has it, has "
        "the credential.",
        uri, Subject(credential));
  } else {
    message = fmt::format(
        "The URI `{}` is assembled with a {} and recorded in {}. The resolved text is what is kept "
        "there, wherever its parts came from.",
        uri, Subject(credential), RecordedIn(use.sink));
  }
  static constexpr std::string_view kPlain[] = {"http", "ftp", "ws", "ldap"};
  const bool plain =
      std::find(std::begin(kPlain), std::end(kPlain), use.uri.scheme) != std::end(kPlain);
  if (plain && !use.uri.HasLocalHost()) {
    message += fmt::format(" It also travels unencrypted: the scheme is {}.", use.uri.scheme);
  }
  return message;
}

void CheckUse(const Rule& rule, const Document& document, const UriUse& use,
              const ReportedSecrets& reported, const Report& report) {
  if (use.role != UriRole::kOther && use.role != UriRole::kProxy) return;
  std::vector<UriCredential> credentials = CredentialsIn(use.uri);
  std::erase_if(credentials,
                [&use](const UriCredential& credential) { return !Counts(credential, use.sink); });
  if (credentials.empty() || IsLayersMatter(document, use, credentials.front())) return;
  Finding finding;
  for (const UriCredential& credential : credentials) {
    const Span span = credential.secret.ToSource();
    if (reported.Covers(span)) return;
    // A reference may be shown: what must be masked is text.
    if (credential.kind == SecretKind::kLiteral)
      finding.secrets.push_back({&document.source(), span});
  }
  const UriCredential& main = credentials.front();
  const bool mild = use.uri.HasLocalHost() || main.expires;
  finding.rule = &rule;
  finding.severity = mild ? Severity::kWarning : rule.severity;
  finding.message = Message(use, main);
  finding.where = {&document.source(), main.secret.ToSource()};
  finding.label = main.kind == SecretKind::kLiteral ? "the credential" : "filled in here";
  for (Span origin : use.origins) {
    finding.steps.push_back({{&document.source(), origin}, "the value comes from here"});
  }
  finding.help =
      "leave the credential out of the URI and hand it to the program apart from it: an "
      "environment "
      "variable, a mounted file, a netrc or a secret store";
  finding.anchor =
      fmt::format("uri {}://{} {}", use.uri.scheme, use.uri.LiteralHost(), main.detail);
  report(std::move(finding));
}

void Check(const Rule& rule, const Document& document, const ReportedSecrets& reported,
           const Report& report) {
  // Two front ends may have come by the same URI: a variable and the script that uses it.
  std::set<Span> seen;
  const Report once = [&seen, &report](Finding finding) {
    if (seen.insert(finding.where.span).second) report(std::move(finding));
  };
  for (const UriUse& use : document.facts().uris) {
    CheckUse(rule, document, use, reported, once);
  }
}

}  // namespace

extern const Rule kUriCredential = {
    .code = "OAK105",
    .name = "uri-credential",
    .severity = Severity::kError,
    .summary = "A URI carries its credential in plain text.",
    .check_fallback = Check,
};

}  // namespace oakum
