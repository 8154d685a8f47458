// Secrets that a command line hands to a program as arguments: `docker login -p X`, `curl -u U:P`,
// `-H "Authorization: ..."`, `wandb login X`, `kubectl create secret --from-literal=password=X`.
//
// The headers that a program sends with a client of Ray are the same thing in another place.
//
// Which argument carries a secret is the option table's knowledge (installers.h); this takes the
// secret out of it (the password of user:password, the value of a header) and says what it is
// worth. Left out are URLs (uri_use.h), settings of git (its own URLs and headers) and build
// arguments. What goes to a program's input is one only if its text stands in the command that
// prints it: `echo s3cret | docker login --password-stdin`.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/credential/classify.h"
#include "analyzer/model/command.h"
#include "analyzer/model/setting.h"

namespace oakum {

struct InlineSecret {
  std::string tool;    // for messages: "docker", "curl"
  std::string option;  // "--password", "-H", "http-basic.corp"; empty for a positional argument
  std::string name;    // of a header or of a key=value pair
  Value secret;
  SecretKind kind = SecretKind::kLiteral;  // kLiteral or kInterpolated
  Span argument;        // as written: the argument, or the option that it is glued to
  bool keeps = false;   // the tool keeps it in a file of its own
  bool piped = false;   // it stands in the command that is piped into the tool
  bool header = false;  // of a request
};

// `all` is the list that the command's stdin_from refers to.
std::vector<InlineSecret> InlineSecretsOf(const Command& command, const std::vector<Command>& all);

// The literal credentials of RAY_JOB_HEADERS, which holds headers as JSON; none for other
// variables.
std::vector<InlineSecret> HeadersOf(const Setting& setting);

// The secret of a header: what follows the scheme of "Authorization: Bearer X", the whole value of
// a header whose name says secret; empty for others, and for the encoding of a placeholder.
Value SecretOfHeader(std::string_view name, const Value& value);
Value SecretOfHeader(const Value& line);  // "Authorization: Bearer X"

}  // namespace oakum
