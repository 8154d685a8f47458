// URIs over Values, and the credentials in them.
//
// Any scheme, RFC 3986 section 3 as programs really read it: `git+https`, an empty user, a user
// alone, IPv6 literals, percent-encoding, sub-delimiters in passwords, several '@' (the last one
// before the path separates), queries and paths that carry tokens. Holes are opaque: they never
// delimit.
//
// Thread-safety: pure functions; a Uri is a plain value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/credential/classify.h"

namespace oakum {

struct UriParameter {
  Value key;
  Value value;
};

struct Uri {
  Value whole;         // from the scheme to the end of the fragment
  std::string scheme;  // lower case; empty if the scheme itself is a hole
  bool has_userinfo = false;
  bool has_password = false;  // the userinfo holds a ':'
  Value user;
  Value password;
  Value host;  // without brackets
  Value port;
  Value path;  // with its leading '/'
  std::vector<UriParameter> query;
  Value fragment;

  // Lower-cased host text if it is literal, else empty.
  std::string LiteralHost() const;
  // Loopback, a host without a dot, *.local, *.internal, *.svc, *.svc.cluster.local.
  bool HasLocalHost() const;
};

// The whole of `value` (blanks at the ends aside) as one URI with an authority; none if it has no
// `scheme://`.
std::optional<Uri> ParseUri(const Value& value);

// Every URI in free text: from a scheme to a blank, quote, bracket or other character that ends a
// URI in prose and code.
std::vector<Uri> FindUris(const Value& text);

enum class CredentialPlace {
  kPassword,  // user:SECRET@
  kUser,      // SECRET@, SECRET:@, SECRET:x-oauth-basic@
  kQuery,     // ?token=SECRET
  kPath,      // /t/SECRET/, or a segment with a vendor token's shape
};

struct UriCredential {
  CredentialPlace place = CredentialPlace::kPassword;
  SecretKind kind = SecretKind::kLiteral;
  Value secret;  // as written (still percent-encoded); goes into a Secret, never into a message
  std::string detail;    // the query key, or the token's family
  bool expires = false;  // a presigned or SAS query that states its expiry
};

// The credentials of a URI, strongest first; `kind` is kLiteral, kInterpolated or kDeferred, for
// empty values and placeholders are none. Neither are look-alikes (ray.md 4.2): user names for a
// keyring, `git@`, ssh users, abfss containers, public keys of error trackers, hashes in paths.
std::vector<UriCredential> CredentialsIn(const Uri& uri);

}  // namespace oakum
