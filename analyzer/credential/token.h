// Vendor token formats: shapes, checksums and where in a text they stand.
//
// Sources: scanners.md section 5 (each family names its own). A format with a checksum is verified
// offline: a valid one is certain, a wrong one is a typo or a made-up sample and is said so.
//
// Thread-safety: pure functions; patterns are compiled on first use.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

enum class Checksum { kNone, kValid, kInvalid };

struct TokenMatch {
  std::string_view family;  // "GitHub personal access token"; static storage
  Span range;               // in the text that was searched
  Checksum checksum = Checksum::kNone;
};

// Every token in `text`, in order, without overlaps. Placeholders that have a token's shape
// (ghp_xxxx..., one repeated character) are left out.
std::vector<TokenMatch> FindTokens(std::string_view text);

// The literal beginnings of all formats, with repetitions: a text without any holds no token.
std::vector<std::string_view> TokenPrefixes();

}  // namespace oakum
