// What the rules on URIs say alike: which credential of a UriUse is reported, where, and by which
// steps it got there.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/uri_use.h"

namespace oakum {

// The strongest credential of the URI that is there for others to read: a literal, or one filled in
// before the consumer sees it. None for placeholders and deferred references.
std::optional<UriCredential> ReportableCredential(const Uri& uri);

// "password", "token", "path token", "query token"; for messages and labels.
std::string CredentialNoun(const UriCredential& credential);

// Whether what is recorded at the sink is the credential itself, not a reference to it.
bool IsRecorded(const UriUse& use, const UriCredential& credential);

// Who can read it where it is put: the end of a sentence. `literal`: its text stands in the file.
std::string_view SinkConsequence(UriSink sink, bool literal);

// "`subject` carries the password for HOST: ..." with what that means where the URL is put.
// `subject` is of whom an installer gets it from: "The index URL".
std::string UrlCarries(std::string_view subject, std::string_view host_if_unknown,
                       const UriUse& use, const UriCredential& credential);

// Of a Dockerfile: whether its layers are all there is to ask about this URL. A credential file
// that a RUN leaves behind is credential-written-to-layer's to report, and a mounted secret that a
// RUN only uses is recorded nowhere.
bool IsLayersMatter(const Document& document, const UriUse& use, const UriCredential& credential);

// A finding at the credential: location, label, what snippets mask, and the steps from the origins
// of its parts to the consumer. The rule adds severity, message, help and anchor.
Finding FindingAt(const Rule& rule, const Document& document, const UriUse& use,
                  const UriCredential& credential);

// The check of a rule whose question is the URIs of one role: one finding a credential, an error
// where it is recorded and a warning where it is only handed on.
struct UriRule {
  UriRole role;
  std::string (*message)(const UriUse&, const UriCredential&);
  std::string (*help)(const UriUse&);
};
void CheckUris(const Rule& rule, const UriRule& what, const Document& document,
               const Report& report);

}  // namespace oakum
