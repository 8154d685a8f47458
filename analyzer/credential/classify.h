// Whether a value that stands where a secret belongs is one.
//
// The host language has already decided what is a hole and when it is filled (Value); this decides
// what the remaining literal text is worth. See rules.md, "Value kinds".
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

enum class SecretKind {
  kEmpty,         // nothing there
  kPlaceholder,   // text that stands for a secret in a document: <token>, ***, changeme, your-...
  kDeferred,      // only references that the last consumer fills in
  kInterpolated,  // filled in before the consumer sees it: resolved text is recorded
  kLiteral,       // the secret's text stands in the file
};

// For a value in a position that only a credential has (a URI password, a netrc password).
SecretKind ClassifySecret(const Value& value);

// Whether `text` stands for a secret rather than being one: masks, words like "password" and
// "your-token", templates and variables in a place where nothing expands them (the host language
// has made holes of the others; whether such a text is sent as it is, is OAK109's question), and
// secrets that a product's documentation gives everybody. Never by a substring: "myPassword123!" is
// a secret.
bool IsPlaceholder(std::string_view text);

// Whether `text` would be taken for a generated secret without knowing where it stands: a known
// token shape, or long with mixed character classes. For positions that a harmless word may have
// too (a URI's user without a password).
bool LooksLikeToken(std::string_view text);

}  // namespace oakum
