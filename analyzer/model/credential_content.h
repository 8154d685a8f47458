// Whether the text of a credential file holds a credential: the second half of credential_file.h.
//
// A pip.conf that names a mirror, an .npmrc with `${NPM_TOKEN}`, a docker config with helpers only,
// a netrc of placeholders or of anonymous logins hold none. Text is read loosely, as `key = value`
// and
// `"key": "value"` pairs and as URIs, since all that is asked is whether something secret is there;
// netrc text is read by its own front end.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/credential_file.h"

namespace oakum {

bool HoldsCredential(CredentialFileKind kind, const Value& content);

// The credentials themselves, in no order: slices of `content`.
std::vector<Value> CredentialsOf(CredentialFileKind kind, const Value& content);

// What kind of file a text is that holds a credential and says by itself what reads it, whatever
// the file is called: a netrc, an npm configuration with a token. None for any other text.
std::optional<CredentialFile> CredentialFileOf(const Value& content);

// Whether a URI of the text carries one.
bool HoldsUriCredential(const Value& content);

// Whether what stands behind `key` in such a file is one: "_authToken", "aws_secret_access_key".
bool IsSecretKey(std::string_view key);

}  // namespace oakum
