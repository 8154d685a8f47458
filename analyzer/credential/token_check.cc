// The parts of a token that can be checked without asking anyone.

#include <array>
#include <optional>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/credential/token_format.h"

namespace oakum {

namespace {

constexpr TokenVerdict kNotAToken = {.is_token = false};
constexpr TokenVerdict kShapeOnly = {};

std::string ToBase(uint32_t value, size_t width, std::string_view digits) {
  std::string out(width, '0');
  for (size_t i = width; i-- > 0 && value > 0; value /= static_cast<uint32_t>(digits.size())) {
    out[i] = digits[value % digits.size()];
  }
  return out;
}

// The last six characters against the CRC-32 of those between `skip` and them.
bool HasBase62Checksum(std::string_view token, size_t skip) {
  const std::string_view body = token.substr(skip);
  return ToBase62(Crc32(body.substr(0, body.size() - 6)), 6) == body.substr(body.size() - 6);
}

// One base-128 number of the protobuf wire format.
std::optional<uint64_t> TakeVarint(std::string_view& data) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !data.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(data.front());
    data.remove_prefix(1);
    value |= uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80u) == 0) return value;
  }
  return std::nullopt;
}

bool IsProtobuf(std::string_view data) {
  while (!data.empty()) {
    const std::optional<uint64_t> tag = TakeVarint(data);
    if (!tag || *tag >> 3 == 0) return false;
    uint64_t length = 0;
    switch (*tag & 7) {
      case 0:
        if (!TakeVarint(data)) return false;
        break;
      case 1:
        length = 8;
        break;
      case 2: {
        const std::optional<uint64_t> size = TakeVarint(data);
        if (!size) return false;
        length = *size;
        break;
      }
      case 5:
        length = 4;
        break;
      default:
        return false;
    }
    if (length > data.size()) return false;
    data.remove_prefix(length);
  }
  return true;
}

}  // namespace

uint32_t Crc32(std::string_view data) {
  static constexpr auto kTable = [] {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xedb88320u ^ (c >> 1) : c >> 1;
      table[i] = c;
    }
    return table;
  }();
  uint32_t crc = 0xffffffffu;
  for (char c : data) crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ (crc >> 8);
  return crc ^ 0xffffffffu;
}

std::string ToBase62(uint32_t value, size_t width) {
  return ToBase(value, width, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

std::string ToBase36(uint32_t value, size_t width) {
  return ToBase(value, width, "0123456789abcdefghijklmnopqrstuvwxyz");
}

TokenVerdict CheckGitHubChecksum(std::string_view token) {
  return {true, HasBase62Checksum(token, 4) ? Checksum::kValid : Checksum::kInvalid};
}

// This rule was reported, not published: a match proves the token, a mismatch proves nothing.
TokenVerdict CheckGitHubFineGrained(std::string_view token) {
  return {true, HasBase62Checksum(token, 11) ? Checksum::kValid : Checksum::kNone};
}

// The last seven characters are the base-36 CRC-32 of all before them.
TokenVerdict CheckGitLabRoutable(std::string_view token) {
  const std::string_view body = token.substr(0, token.size() - 7);
  const bool valid = ToBase36(Crc32(body), 7) == token.substr(body.size());
  return {true, valid ? Checksum::kValid : Checksum::kInvalid};
}

// A macaroon, version 2: 02, a location field (01, length, host of the index), then the rest.
TokenVerdict CheckPyPiMacaroon(std::string_view token) {
  const std::string_view body = token.substr(5);
  const std::optional<std::string> data = Base64Decode(body.substr(0, body.size() / 4 * 4));
  if (!data || data->size() < 4 || (*data)[0] != 2 || (*data)[1] != 1) return kNotAToken;
  const size_t length = static_cast<unsigned char>((*data)[2]);
  if (length == 0 || data->size() < 3 + length) return kNotAToken;
  for (char c : data->substr(3, length)) {
    const bool host = IsAlnum(c) || c == '.' || c == '-' || c == ':' || c == '/';
    if (!host) return kNotAToken;
  }
  return kShapeOnly;
}

// base64url of a protobuf message that names the user.
TokenVerdict CheckAnyscaleBody(std::string_view token) {
  const std::optional<std::string> data = Base64Decode(token.substr(5));
  const bool valid = data && IsProtobuf(*data) && data->find("usr_") != std::string::npos;
  return {true, valid ? Checksum::kValid : Checksum::kInvalid};
}

// The characters after the prefix hold the account number, except in keys made before 2019, whose
// fifth character is I or J. A number of more than 12 digits is no account.
TokenVerdict CheckAwsKeyId(std::string_view token) {
  if (token.ends_with("EXAMPLE")) return kNotAToken;
  if (token[4] == 'I' || token[4] == 'J') return kShapeOnly;
  uint64_t bits = 0;
  for (char c : token.substr(4, 10)) {
    bits = bits << 5 | static_cast<uint64_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
  }
  const uint64_t account = (bits >> 2 & 0x7fffffffff80) >> 7;
  return {account <= 999'999'999'999, Checksum::kNone};
}

TokenVerdict CheckJFrogReference(std::string_view token) {
  const std::optional<std::string> data = Base64Decode(token);
  return data && data->starts_with("reftkn:") ? kShapeOnly : kNotAToken;
}

// ghs_<application>_<header>.<claims>.<signature>
TokenVerdict CheckGitHubJwt(std::string_view token) {
  const size_t begin = token.find("_eyJ") + 1;
  const std::string_view header = token.substr(begin, token.find('.') - begin);
  const std::optional<std::string> data = Base64Decode(header);
  const bool json = data && data->starts_with("{\"") && data->ends_with('}');
  return json ? kShapeOnly : kNotAToken;
}

// "ghp_...", also as the password of "x-access-token:ghs_...".
TokenVerdict CheckWrappedGitHub(std::string_view token) {
  const std::optional<std::string> data = Base64Decode(token);
  if (!data) return kNotAToken;
  static const RE2 pattern("(?:x-access-token:)?(gh[pousr]_[0-9A-Za-z]{36})(?:[^0-9A-Za-z].*)?");
  std::string inner;
  if (!RE2::FullMatch(*data, pattern, &inner)) return kNotAToken;
  return CheckGitHubChecksum(inner);
}

}  // namespace oakum
