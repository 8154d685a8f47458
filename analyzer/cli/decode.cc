#include "analyzer/cli/decode.h"

#include <cstdint>
#include <utility>

namespace oakum {

namespace {

constexpr uint32_t kReplacement = 0xfffd;

void AppendUtf8(uint32_t c, std::string& out) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6);
    put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3f));
    put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3f));
    put(0x80 | (c >> 6 & 0x3f));
    put(0x80 | (c & 0x3f));
  }
}

bool IsHighSurrogate(uint32_t unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}
bool IsLowSurrogate(uint32_t unit) {
  return unit >= 0xdc00 && unit < 0xe000;
}

// `bytes` without its byte-order mark. An odd byte at the end is dropped.
std::string FromUtf16(std::string_view bytes, bool big_endian) {
  const auto unit_at = [&](size_t i) -> uint32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    uint32_t c = unit_at(i);
    if (IsHighSurrogate(c) && i + 3 < bytes.size() && IsLowSurrogate(unit_at(i + 2))) {
      c = 0x10000 + ((c - 0xd800) << 10) + (unit_at(i + 2) - 0xdc00);
      i += 2;
    } else if (IsHighSurrogate(c) || IsLowSurrogate(c)) {
      c = kReplacement;
    }
    AppendUtf8(c, text);
  }
  return text;
}

}  // namespace

TextKind DecodeText(std::string_view& text, std::string& storage) {
  const bool little_endian = text.starts_with("\xff\xfe");
  const bool utf16 = little_endian || text.starts_with("\xfe\xff");
  if (utf16) {
    storage = FromUtf16(text.substr(2), !little_endian);
    text = storage;
  }
  if (text.find('\0') != text.npos) return TextKind::kBinary;
  return utf16 ? TextKind::kUtf16 : TextKind::kPlain;
}

}  // namespace oakum
