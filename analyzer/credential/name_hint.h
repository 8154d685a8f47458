// What a variable's or key's name says about its value.
//
// Names are a hint, values are evidence: a name alone never makes an error. The word lists match
// whole words of the name (HF_TOKEN, hfToken, db-password), so TOKENIZERS_PARALLELISM, KEYCLOAK_URL
// and MAX_TOKENS are no secrets; neither are names that say what they hold is a place or a property
// of the secret (*_FILE, *_PATH, *_URL, *_VERSION, *_NAME, *_ID, PUBLIC_*, *_SOCK).
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace oakum {

enum class NameHint {
  kNone,
  kSecret,         // PASSWORD, HF_TOKEN, AWS_SECRET_ACCESS_KEY, NETRC_CONTENT, GITHUB_PAT
  kSecretFile,     // a path to one: TOKEN_FILE, NETRC, AWS_SHARED_CREDENTIALS_FILE
  kCredentialUrl,  // a URL that often carries one: PIP_INDEX_URL, DATABASE_URL, HTTPS_PROXY
};

NameHint HintOf(std::string_view name);

}  // namespace oakum
