#include "analyzer/syntax/python_string.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/syntax/utf8.h"

namespace oakum {

namespace {

bool IsOctal(char c) {
  return c >= '0' && c <= '7';
}

struct Escape {
  uint32_t length = 0;  // 0: the backslash is text
  std::string text;
};

Escape HexEscape(std::string_view text, uint32_t digits, bool bytes) {
  if (text.size() < digits + 2) return {};
  uint32_t number = 0;
  for (char c : text.substr(2, digits)) {
    if (HexDigit(c) < 0) return {};
    number = number * 16 + static_cast<uint32_t>(HexDigit(c));
  }
  if (bytes) return {digits + 2, std::string(1, static_cast<char>(number))};
  return {digits + 2, Utf8(number)};
}

Escape OctalEscape(std::string_view text, bool bytes) {
  uint32_t number = 0;
  uint32_t length = 1;
  while (length < 4 && length < text.size() && IsOctal(text[length])) {
    number = number * 8 + static_cast<uint32_t>(text[length++] - '0');
  }
  if (bytes) return {length, std::string(1, static_cast<char>(number))};
  return {length, Utf8(number)};
}

// The escape that `text` begins with.
Escape ReadEscape(std::string_view text, bool bytes) {
  if (text.size() < 2) return {};
  const char c = text[1];
  constexpr std::string_view kNames = "abfnrtv\\'\"";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
  const size_t name = kNames.find(c);
  if (name != std::string_view::npos) return {2, std::string(1, kMeanings[name])};
  if (c == '\n') return {2, ""};
  if (c == '\r') return {text.substr(2).starts_with('\n') ? 3u : 2u, ""};
  if (IsOctal(c)) return OctalEscape(text, bytes);
  if (c == 'x') return HexEscape(text, 2, bytes);
  if (bytes) return {};
  if (c == 'u') return HexEscape(text, 4, false);
  if (c == 'U') return HexEscape(text, 8, false);
  if (c == 'N' && text.size() > 2 && text[2] == '{') {
    const size_t end = text.find('}');
    if (end != std::string_view::npos) return {static_cast<uint32_t>(end + 1), Utf8(0xfffd)};
  }
  return {};
}

}  // namespace

PyStringPrefix StringPrefix(std::string_view opening) {
  PyStringPrefix prefix;
  for (char c : opening) {
    if (c == 'r' || c == 'R') prefix.raw = true;
    if (c == 'b' || c == 'B') prefix.bytes = true;
    if (c == 'f' || c == 'F' || c == 't' || c == 'T') prefix.format = true;
  }
  return prefix;
}

Value DecodeString(const Value& text, Span range, PyStringPrefix prefix) {
  const std::string_view all = text.text().substr(0, range.end);
  const std::string_view special = prefix.format ? "\\\r{}" : "\\\r";
  if (all.find_first_of(special, range.begin) == std::string_view::npos) return text.Slice(range);
  MappedText::Builder builder;
  uint32_t copied = range.begin;
  uint32_t i = range.begin;
  auto replace = [&](uint32_t length, std::string_view with) {
    builder.Append(text.mapped().Slice({copied, i}));
    if (!with.empty()) builder.AppendDecoded(with, text.ToSource({i, i + length}));
    copied = i = i + length;
  };
  while (i < range.end) {
    const char c = all[i];
    const std::string_view rest = all.substr(i);
    if (c == '\\' && !prefix.raw) {
      const Escape escape = ReadEscape(rest, prefix.bytes);
      if (escape.length == 0) {
        ++i;
      } else {
        replace(std::min(escape.length, range.end - i), escape.text);
      }
    } else if (c == '\\') {
      i += std::min<uint32_t>(2, range.end - i);  // raw: a quote after it does not end the string
    } else if (c == '\r') {
      replace(rest.substr(1).starts_with('\n') ? 2 : 1, "\n");
    } else if (prefix.format && (rest.starts_with("{{") || rest.starts_with("}}"))) {
      replace(2, rest.substr(0, 1));
    } else {
      ++i;
    }
  }
  builder.Append(text.mapped().Slice({copied, range.end}));
  return text.Restore(std::move(builder).Build());
}

}  // namespace oakum
