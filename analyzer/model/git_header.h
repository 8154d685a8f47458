// Headers that git is told to send: `http.extraHeader` and `http.<url>.extraHeader`, by `git -c`,
// `git config`, a configuration file or the variables GIT_CONFIG_KEY_<n> and GIT_CONFIG_VALUE_<n>.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/credential/classify.h"
#include "analyzer/model/facts.h"

namespace oakum {

struct GitHeader {
  Value secret;                            // of "Authorization: Bearer X": X
  SecretKind kind = SecretKind::kLiteral;  // kLiteral or kInterpolated
  std::string setting;                     // "http.extraHeader", "GIT_CONFIG_VALUE_0"
  UriSink sink = UriSink::kFile;
  Span span;   // of the command or setting
  Span place;  // of the secret; of the argument, where a variable brings it there
};

// Those that hold a credential.
std::vector<GitHeader> GitHeadersOf(const Facts& facts);

}  // namespace oakum
