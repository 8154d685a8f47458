#include "analyzer/output/plain.h"

#include <algorithm>
#include <iterator>

namespace oakum {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

struct CodePoint {
  uint32_t value = 0;
  size_t length = 1;  // bytes
  bool valid = false;
};

CodePoint Decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1, true};
  const size_t length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  if (length == 1 || length > text.size()) return {};
  uint32_t value = lead & (0xff >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {};
    value = value << 6 | (next & 0x3f);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid =
      value >= kLeast[length] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  return {value, length, valid};
}

bool IsControl(uint32_t c) {
  if (c == '\t') return false;
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

struct Range {
  uint32_t first;
  uint32_t last;
};

// From Unicode's EastAsianWidth (W and F), in coarse blocks.
constexpr Range kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                           {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                           {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                           {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
constexpr Range kZero[] = {{0x300, 0x36f}, {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};

template <size_t N>
bool In(const Range (&ranges)[N], uint32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

uint32_t WidthOf(uint32_t c) {
  if (c == '\t') return kTabWidth;
  if (c < 0x300) return 1;
  if (In(kZero, c)) return 0;
  return In(kWide, c) ? 2 : 1;
}

}  // namespace

std::string Plain(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = Decode(text);
    if (c.valid && !IsControl(c.value)) {
      plain += text.substr(0, c.length);
    } else {
      plain += kReplacement;
    }
    text.remove_prefix(c.length);
  }
  return plain;
}

uint32_t DisplayWidth(std::string_view text) {
  uint32_t width = 0;
  while (!text.empty()) {
    const CodePoint c = Decode(text);
    width += c.valid ? WidthOf(c.value) : 1;
    text.remove_prefix(c.length);
  }
  return width;
}

std::string ExpandTabs(std::string_view text) {
  std::string expanded;
  for (char c : text) {
    if (c == '\t') {
      expanded.append(kTabWidth, ' ');
    } else {
      expanded += c;
    }
  }
  return expanded;
}

}  // namespace oakum
