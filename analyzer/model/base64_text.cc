#include "analyzer/model/base64_text.h"

#include <string>
#include <string_view>
#include <utility>

#include "analyzer/credential/encoding.h"

namespace oakum {

namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

std::optional<MappedText> DecodeBase64(const MappedText& text) {
  constexpr size_t kMaxEncoded = 1 << 20;  // the size limit of an object in etcd
  if (text.empty() || text.size() > kMaxEncoded) return std::nullopt;
  MappedText::Builder decoded;
  std::string quantum;
  uint32_t begin = 0;
  auto flush = [&](uint32_t end) {
    const std::optional<std::string> bytes = Base64Decode(quantum);
    if (!bytes) return false;
    decoded.AppendDecoded(*bytes, text.ToSource({begin, end}));
    quantum.clear();
    return true;
  };
  const std::string_view all = text.text();
  bool padded = false;
  for (uint32_t at = 0; at < all.size(); ++at) {
    if (IsBlank(all[at])) continue;
    if (all[at] == '=') {
      padded = true;
      continue;
    }
    if (padded) return std::nullopt;
    if (quantum.empty()) begin = at;
    quantum += all[at];
    if (quantum.size() == 4 && !flush(at + 1)) return std::nullopt;
  }
  if (!quantum.empty() && !flush(text.size())) return std::nullopt;
  if (decoded.size() == 0) return std::nullopt;
  return std::move(decoded).Build();
}

}  // namespace oakum
