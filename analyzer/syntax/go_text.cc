#include "analyzer/syntax/go_text.h"

#include <array>

#include <fmt/format.h>

#include "analyzer/syntax/utf8.h"

namespace oakum {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

bool InAny(char32_t rune, const auto& ranges) {
  for (const Range& range : ranges) {
    if (rune >= range.first && rune <= range.last) return true;
  }
  return false;
}

constexpr std::array kNoLetters = {
    Range{0x80, 0xa9},     Range{0xab, 0xb4},       Range{0xb6, 0xb9},        Range{0xbb, 0xbf},
    Range{0xd7, 0xd7},     Range{0xf7, 0xf7},       Range{0x2000, 0x2070},    Range{0x2072, 0x207e},
    Range{0x2080, 0x208f}, Range{0x20a0, 0x20ff},   Range{0x2190, 0x2bff},    Range{0x2e00, 0x3004},
    Range{0x3007, 0x3030}, Range{0xd800, 0xf8ff},   Range{0xfe00, 0xfe6f},    Range{0xfeff, 0xff20},
    Range{0xffe0, 0xffff}, Range{0x1f000, 0x1faff}, Range{0xe0000, 0x10ffff},
};

constexpr std::array kUnprintable = {
    Range{0x00, 0x1f},     Range{0x7f, 0xa0},        Range{0xad, 0xad},     Range{0x1680, 0x1680},
    Range{0x180e, 0x180e}, Range{0x2000, 0x200f},    Range{0x2028, 0x202f}, Range{0x205f, 0x206f},
    Range{0x3000, 0x3000}, Range{0xd800, 0xf8ff},    Range{0xfeff, 0xfeff}, Range{0xfff0, 0xfffb},
    Range{0xfffe, 0xffff}, Range{0xe0000, 0x10ffff},
};

// The length a lead byte announces and the bits it carries; length 0 for a byte that cannot lead.
struct Lead {
  uint32_t length;
  char32_t bits;
};

Lead LeadOf(unsigned char byte) {
  if (byte < 0x80) return {1, byte};
  if (byte >= 0xc2 && byte < 0xe0) return {2, byte & 0x1fu};
  if (byte >= 0xe0 && byte < 0xf0) return {3, byte & 0x0fu};
  if (byte >= 0xf0 && byte < 0xf5) return {4, byte & 0x07u};
  return {0, 0};
}

void AppendQuoted(Rune rune, unsigned char byte, std::string& out) {
  if (rune.value == kReplacementRune && rune.size == 1) {
    out += fmt::format("\\x{:02x}", byte);
    return;
  }
  switch (rune.value) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\a':
      out += "\\a";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\v':
      out += "\\v";
      return;
    default:
      break;
  }
  const uint32_t code = rune.value;
  if (!InAny(rune.value, kUnprintable)) {
    out += Utf8(rune.value);
  } else if (code < 0x80) {
    out += fmt::format("\\x{:02x}", code);
  } else if (code < 0x10000) {
    out += fmt::format("\\u{:04x}", code);
  } else {
    out += fmt::format("\\U{:08x}", code);
  }
}

}  // namespace

Rune DecodeRune(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const Lead lead = LeadOf(static_cast<unsigned char>(text[at]));
  if (lead.length == 1) return {lead.bits, 1};
  if (lead.length == 0 || at + lead.length > text.size()) return {kReplacementRune, 1};
  char32_t value = lead.bits;
  for (uint32_t i = 1; i < lead.length; ++i) {
    const unsigned char next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xc0) != 0x80) return {kReplacementRune, 1};
    value = value << 6 | (next & 0x3fu);
  }
  const bool overlong =
      (lead.length == 3 && value < 0x800) || (lead.length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {kReplacementRune, 1};
  return {value, lead.length};
}

bool IsGoSpace(char32_t rune) {
  if (rune < 0x80) return rune == ' ' || (rune >= '\t' && rune <= '\r');
  return rune == 0x85 || rune == 0xa0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200a) ||
         rune == 0x2028 || rune == 0x2029 || rune == 0x202f || rune == 0x205f || rune == 0x3000;
}

bool IsGoLetter(char32_t rune) {
  if (rune < 0x80) return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
  return !InAny(rune, kNoLetters);
}

Span TrimGoSpace(std::string_view text) {
  uint32_t begin = 0;
  uint32_t end = static_cast<uint32_t>(text.size());
  for (Rune rune = DecodeRune(text, begin); rune.size > 0 && IsGoSpace(rune.value);
       rune = DecodeRune(text, begin)) {
    begin += rune.size;
  }
  while (end > begin) {
    uint32_t last = end - 1;
    while (last > begin && end - last < 4 &&
           (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) {
      --last;
    }
    const Rune rune = DecodeRune(text, last);
    if (last + rune.size != end || !IsGoSpace(rune.value)) break;
    end = last;
  }
  return {begin, end};
}

MappedText TrimGoSpace(const MappedText& text) {
  return text.Slice(TrimGoSpace(text.text()));
}

std::string QuoteGo(std::string_view text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    const Rune rune = DecodeRune(text, at);
    AppendQuoted(rune, static_cast<unsigned char>(text[at]), out);
    at += rune.size;
  }
  return out + '"';
}

std::string ToLowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace oakum
