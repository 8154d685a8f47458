#include "analyzer/syntax/base64.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace oakum {

namespace {

int Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Four characters on their way to three bytes.
struct Group {
  uint32_t bits = 0;
  uint32_t digits = 0;
  uint32_t padding = 0;
  uint32_t begin = 0;

  uint32_t size() const { return digits + padding; }
};

void Append(const Group& group, uint32_t end, const Value& text, Value::Builder& out) {
  std::array<char, 3> bytes{};
  const uint32_t bits = group.bits << (6 * group.padding);
  for (uint32_t i = 0; i < 3; ++i) bytes[i] = static_cast<char>(bits >> (16 - 8 * i) & 0xff);
  out.AppendDecoded(std::string_view(bytes.data(), 3 - group.padding),
                    text.ToSource({group.begin, end}));
}

}  // namespace

std::optional<Value> DecodeBase64(const Value& text) {
  if (!text.is_literal()) return std::nullopt;
  Value::Builder out;
  Group group;
  bool ended = false;
  for (uint32_t at = 0; at < text.size(); ++at) {
    const char c = text.text()[at];
    if (IsBlank(c)) continue;
    if (ended) return std::nullopt;
    if (group.size() == 0) group.begin = at;
    if (c == '=') {
      if (group.digits < 2) return std::nullopt;
      ++group.padding;
    } else {
      const int digit = Digit(c);
      if (digit < 0 || group.padding > 0) return std::nullopt;
      group.bits = group.bits << 6 | static_cast<uint32_t>(digit);
      ++group.digits;
    }
    if (group.size() < 4) continue;
    Append(group, at + 1, text, out);
    ended = group.padding > 0;
    group = {};
  }
  if (group.size() != 0) return std::nullopt;
  return std::move(out).Build();
}

}  // namespace oakum
