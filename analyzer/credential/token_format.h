// The table of vendor token formats: one entry a shape.
//
// Thread-safety: constant data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/credential/token.h"

namespace oakum {

// What a structure check makes of a token: kInvalid for a wrong checksum; none if the text is no
// token of the format at all.
struct TokenVerdict {
  bool is_token = true;
  Checksum checksum = Checksum::kNone;
};

// What follows the prefix: a run of characters, which most tokens are and which costs nothing to
// know, or what matches an RE2 pattern, which has to be compiled.
struct TokenRest {
  std::string_view characters;    // of a run
  size_t least = 0;               // bytes of a run
  size_t most = 0;                // bytes of either
  const char* pattern = nullptr;  // null: a run
};

struct TokenFormat {
  std::string_view family;
  std::string_view prefix;  // literal, at least 2 bytes: what the search looks for
  TokenRest rest;
  TokenVerdict (*check)(std::string_view token) = nullptr;  // null: the shape alone decides
  size_t secret_offset = 0;  // bytes of the prefix that are context and no part of the token
  size_t lead = 0;           // bytes before the prefix that belong to the token
};

std::span<const TokenFormat> TokenFormats();

// Checks, by what they look at.
TokenVerdict CheckGitHubChecksum(std::string_view token);  // npm has the same
TokenVerdict CheckGitHubFineGrained(std::string_view token);
TokenVerdict CheckGitLabRoutable(std::string_view token);
TokenVerdict CheckPyPiMacaroon(std::string_view token);
TokenVerdict CheckAnyscaleBody(std::string_view token);
TokenVerdict CheckAwsKeyId(std::string_view token);
TokenVerdict CheckJFrogReference(std::string_view token);
TokenVerdict CheckGitHubJwt(std::string_view token);
TokenVerdict CheckWrappedGitHub(std::string_view token);

// Base-62 (0-9A-Za-z) and base-36 (0-9a-z) numerals of `value`, padded with '0' to `width`.
std::string ToBase62(uint32_t value, size_t width);
std::string ToBase36(uint32_t value, size_t width);
// CRC-32 as in zlib.
uint32_t Crc32(std::string_view data);

}  // namespace oakum
