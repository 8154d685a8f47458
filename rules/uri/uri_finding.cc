#include "rules/uri/uri_finding.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/rule.h"
#include "analyzer/model/image_credential.h"

namespace oakum {

namespace {

bool IsReportable(const UriCredential& credential) {
  return credential.kind == SecretKind::kLiteral || credential.kind == SecretKind::kInterpolated;
}

// A reference alone is no secret; text beside it may be half of one.
bool HoldsText(const Value& secret) {
  return secret.size() > secret.holes().size();
}

// Where the credential stands in the URL. A variable that the script itself set keeps the place
// where it was set; the URL is what one would change, so it is where the URL names it.
Span PlaceOf(const Uri& uri, const UriCredential& credential) {
  const Span span = credential.secret.ToSource();
  const Hole* only = credential.secret.OnlyHole();
  if (only == nullptr) return span;
  for (const Value::PlacedHole& placed : uri.whole.holes()) {
    const uint32_t at = placed.position;
    if (placed.hole.span != only->span || at == 0 || at + 1 >= uri.whole.size()) continue;
    const Span before = uri.whole.ToSource({at - 1, at});
    const Span after = uri.whole.ToSource({at + 1, at + 2});
    const Span between{before.end, after.begin};
    constexpr uint32_t kMaxReference = 256;
    const bool plain = before.size() == 1 && after.size() == 1 && before.end < after.begin &&
                       between.size() <= kMaxReference;
    return plain && !between.Contains(span) ? between : span;
  }
  return span;
}

}  // namespace

std::optional<UriCredential> ReportableCredential(const Uri& uri) {
  std::vector<UriCredential> found = CredentialsIn(uri);
  const auto at = std::find_if(found.begin(), found.end(), IsReportable);
  if (at == found.end()) return std::nullopt;
  return std::move(*at);
}

std::string CredentialNoun(const UriCredential& credential) {
  switch (credential.place) {
    case CredentialPlace::kPassword:
      return credential.detail.empty() ? "password" : "token";
    case CredentialPlace::kUser:
      return "token";
    case CredentialPlace::kQuery:
      return "token in its query";
    case CredentialPlace::kPath:
      return "token in its path";
  }
  return "credential";
}

bool IsRecorded(const UriUse& use, const UriCredential& credential) {
  if (credential.kind == SecretKind::kLiteral) return true;
  switch (use.sink) {
    case UriSink::kImage:
    case UriSink::kWrittenFile:
    case UriSink::kRay:
      return true;
    case UriSink::kFile:
      return credential.secret.HasHole(HoleOrigin::kTemplate);
    case UriSink::kCi:
    case UriSink::kCommandLine:
    case UriSink::kProgram:
      break;
  }
  return false;
}

std::string_view SinkConsequence(UriSink sink, bool literal) {
  switch (sink) {
    case UriSink::kImage:
      return "it is recorded in the image's history or configuration, where everyone who can pull "
             "the image reads it";
    case UriSink::kRay:
      return "Ray copies it to every node, into its logs and into the job's metadata";
    case UriSink::kWrittenFile:
      return "it is written to a file, where it stays in clear text";
    case UriSink::kFile:
      return literal ? "everyone who gets this file has it"
                     : "it is stored in clear text wherever this file is filled in";
    case UriSink::kCi:
      return literal ? "everyone who can read this pipeline has it"
                     : "every process of the job sees it, and masking covers only texts that are "
                       "exactly the secret";
    case UriSink::kCommandLine:
      return literal ? "everyone who gets this file has it"
                     : "it is visible to every process of the machine while the command runs";
    case UriSink::kProgram:
      return literal ? "everyone who gets this file has it"
                     : "every process started from here inherits it";
  }
  return {};
}

std::string UrlCarries(std::string_view subject, std::string_view host_if_unknown,
                       const UriUse& use, const UriCredential& credential) {
  const bool literal = credential.kind == SecretKind::kLiteral;
  const std::string host = use.uri.host.Describe();
  std::string message = fmt::format("{} that {} gets", subject,
                                    use.consumer.empty() ? "the installer" : use.consumer);
  if (!use.setting.empty()) message += fmt::format(" through `{}`", use.setting);
  message += fmt::format(" carries the {} for {}: {}.", CredentialNoun(credential),
                         host.empty() ? host_if_unknown : host, SinkConsequence(use.sink, literal));
  return message;
}

bool IsLayersMatter(const Document& document, const UriUse& use, const UriCredential& credential) {
  const ImageBuild* image = document.image();
  if (!image) return false;
  const bool used =
      use.sink == UriSink::kCommandLine && credential.kind == SecretKind::kInterpolated;
  return used || WritesKeptCredential(*image, use.span);
}

Finding FindingAt(const Rule& rule, const Document& document, const UriUse& use,
                  const UriCredential& credential) {
  const Source* source = &document.source();
  Finding finding;
  finding.rule = &rule;
  finding.where = {source, PlaceOf(use.uri, credential)};
  finding.label = CredentialNoun(credential);
  for (const UriCredential& each : CredentialsIn(use.uri)) {
    if (HoldsText(each.secret)) finding.secrets.push_back({source, each.secret.ToSource()});
  }
  std::vector<Span> origins;
  for (const Span origin : use.origins) {
    if (std::find(origins.begin(), origins.end(), origin) == origins.end())
      origins.push_back(origin);
  }
  const Span secret = credential.secret.ToSource();
  const Span host = use.uri.host.ToSource();
  for (const Span origin : origins) {
    const bool of_secret = origin.Contains(finding.where.span) || origin.Contains(secret);
    const bool of_host = !host.empty() && origin.Contains(host);
    const bool whole = of_secret || (origins.size() == 1 && !of_host);
    finding.steps.push_back({{source, origin},
                             whole ? fmt::format("the {} enters here", finding.label)
                                   : "a part of the URL enters here"});
  }
  if (!origins.empty()) {
    finding.steps.push_back({{source, use.span},
                             fmt::format("{} gets the assembled URL here",
                                         use.consumer.empty() ? "the consumer" : use.consumer)});
  }
  return finding;
}

void CheckUris(const Rule& rule, const UriRule& what, const Document& document,
               const Report& report) {
  std::set<Span> reported;  // one credential may reach several commands
  for (const UriUse& use : document.facts().uris) {
    if (use.role != what.role) continue;
    const std::optional<UriCredential> credential = ReportableCredential(use.uri);
    if (!credential || IsLayersMatter(document, use, *credential)) continue;
    Finding finding = FindingAt(rule, document, use, *credential);
    if (!reported.insert(finding.where.span).second) continue;
    finding.severity = IsRecorded(use, *credential) ? Severity::kError : Severity::kWarning;
    finding.message = what.message(use, *credential);
    finding.help = what.help(use);
    finding.anchor = fmt::format("{} {} {}", use.consumer, use.setting, use.uri.LiteralHost());
    report(std::move(finding));
  }
}

}  // namespace oakum
