// The texts that stand for a secret: words, and keys that everybody has.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace oakum {

// Whether the whole of `text` is made of such words: "password", "your_api_token", "myPassword",
// "changeme", "<WORDS> goes here". Words are told apart by separators, by case and, in one run of
// lower-case letters, by the vocabulary itself. A digit is in no word: "password1" is a weak
// password, not a placeholder.
bool IsPlaceholderWords(std::string_view text);

// Whether `word` (lower case) says wherever it stands that the text around it is made up:
// "example", "placeholder", "redacted", "changeme".
bool IsTellTaleWord(std::string_view word);

// Secrets that a product's documentation publishes and everybody's development set-up has.
bool IsWellKnownSecret(std::string_view text);

}  // namespace oakum
