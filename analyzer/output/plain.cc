#include "analyzer/output/plain.h"

#include "analyzer/base/utf8.h"

namespace oakum {

namespace {

bool IsControl(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

}  // namespace

std::string Plain(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const Utf8Character c = DecodeUtf8(text);
    plain += c.valid && !IsControl(c.code) ? text.substr(0, c.length) : "\xef\xbf\xbd";
    text.remove_prefix(c.length);
  }
  return plain;
}

}  // namespace oakum
