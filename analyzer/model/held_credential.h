// Credentials that a Secret or a ConfigMap of the tree holds: real values, not the references,
// placeholders and encrypted texts that belong there.
//
// Data is a set of small files, so each value is read as the file that its key names: a netrc, a
// docker config, a Redis or pip configuration, a private key, or just a password under the name of
// one. base64 is decoded first. A ConfigMap's keys are judged more strictly than a Secret's, whose
// author has already said what it is for.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct HeldCredential {
  enum class Kind {
    kPassword,       // the value of a key or option that is named like one
    kNetrc,          // an entry's password; detail: the machine
    kUri,            // in a URI; detail: its host
    kRegistryLogin,  // of a docker config or registry login; detail: the registry
    kPrivateKey,
    kToken,  // of a vendor; detail: the family
  };

  Kind kind = Kind::kPassword;
  std::string detail;       // kPassword: the option inside of a file ("requirepass"), else empty
  std::string key;          // of data: the file's name
  Span span;                // the secret; the whole value if it is encoded
  bool encoded = false;     // base64
  bool well_known = false;  // a product's default, which everybody knows

  // Who holds it.
  bool config_map = false;  // else a Secret
  bool generator = false;   // of a kustomization
  std::string holder;       // name of the object
};

// The credentials in `text`, kept as a file called `name`; holder's fields are left to the caller.
// `for_secrets`: the place is meant for secrets.
std::vector<HeldCredential> CredentialsInFile(std::string_view name, const Value& text,
                                              bool for_secrets);

// The same for a value of `data` or `binaryData`, in base64: spans are the whole value's. A text
// that is no base64 is read as it is.
std::vector<HeldCredential> CredentialsInBase64(std::string_view name, const Value& text, Span span,
                                                bool for_secrets);

// What the text of a variable or option called `name` is worth, judged without knowing the program
// that reads it.
enum class PlainSecret {
  kNone,       // no secret, a placeholder, or a reference to one
  kWellKnown,  // a product's own default, which everybody knows
  kReal,
};

PlainSecret JudgePlainSecret(std::string_view name, const Value& value);

// Whether `value` names where a secret is kept instead of being one: an ARN, a path, `vault:...`,
// `op://...`, `ENC[...]`.
bool IsSecretReference(std::string_view value);

}  // namespace oakum
