#include "analyzer/syntax/yaml_scalar.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/syntax/yaml_pieces.h"

namespace oakum {

namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}
bool IsBreak(char c) {
  return c == '\n' || c == '\r';
}

uint32_t LineEnd(std::string_view text, uint32_t at) {
  const size_t end = text.find_first_of("\r\n", at);
  return static_cast<uint32_t>(end == text.npos ? text.size() : end);
}

// After the line break at `at`; a lone CR counts as one, which is what follows it in practice.
uint32_t AfterBreak(std::string_view text, uint32_t at) {
  if (at >= text.size()) return at;
  return at + (text.substr(at, 2) == "\r\n" ? 2 : 1);
}

uint32_t SkipBlanks(std::string_view text, uint32_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// A folded run of line breaks: the breaks and the indentation after them.
struct Fold {
  uint32_t end = 0;
  uint32_t breaks = 0;
  std::string Text() const { return breaks == 1 ? " " : std::string(breaks - 1, '\n'); }
};

// REQUIRES: a break at `at`.
Fold ReadFold(std::string_view text, uint32_t at) {
  Fold fold{at, 0};
  while (fold.end < text.size() && IsBreak(text[fold.end])) {
    fold.end = SkipBlanks(text, AfterBreak(text, fold.end));
    ++fold.breaks;
  }
  return fold;
}

void AppendUtf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 63));
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

uint32_t HexValue(std::string_view digits) {
  uint32_t value = 0;
  for (const char c : digits) {
    const bool digit = c >= '0' && c <= '9';
    value = value * 16 + static_cast<uint32_t>(digit ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

// One escape of a double-quoted scalar, which is not a line continuation.
// REQUIRES: text[at] == '\\' with a character after it.
uint32_t ReadEscape(std::string_view text, uint32_t at, std::string& out) {
  const char kind = text[at + 1];
  const uint32_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits > 0) {
    const std::string_view hex = text.substr(at + 2, digits);
    AppendUtf8(out, HexValue(hex));
    return at + 2 + static_cast<uint32_t>(hex.size());
  }
  constexpr std::string_view kNames = "0abt\tnvfre";
  constexpr std::string_view kBytes("\0\a\b\t\t\n\v\f\r\x1b", 10);
  constexpr std::string_view kWideNames = "N_LP";
  constexpr uint32_t kWide[] = {0x85, 0xA0, 0x2028, 0x2029};
  if (const size_t named = kNames.find(kind); named != kNames.npos) {
    out += kBytes[named];
  } else if (const size_t wide = kWideNames.find(kind); wide != kWideNames.npos) {
    AppendUtf8(out, kWide[wide]);
  } else {
    out += kind;
  }
  return at + 2;
}

// The text up to the end of a line or to one of `stops`, without the blanks a fold drops.
uint32_t ReadRun(std::string_view text, uint32_t at, std::string_view stops, YamlPieces& pieces) {
  uint32_t end = at;
  while (end < text.size() && !IsBreak(text[end]) && stops.find(text[end]) == stops.npos) ++end;
  uint32_t kept = end;
  if (end < text.size() && IsBreak(text[end])) {
    while (kept > at && IsBlank(text[kept - 1])) --kept;
  }
  pieces.Verbatim(at, kept);
  return end;
}

// Reads to the closing quote; false if there is none. `at` ends up after it.
bool ReadQuotedPieces(std::string_view text, uint32_t& at, YamlPieces& pieces) {
  const char quote = text[at++];
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  while (at < text.size()) {
    const char c = text[at];
    if (c == quote) {
      if (quote == '"' || text.substr(at, 2) != "''") {
        ++at;
        return true;
      }
      pieces.Decoded("'", {at, at + 2});
      at += 2;
    } else if (c == '\\' && quote == '"') {
      if (at + 1 >= text.size()) return false;
      if (IsBreak(text[at + 1])) {
        at = SkipBlanks(text, AfterBreak(text, at + 1));
        continue;
      }
      std::string decoded;
      const uint32_t end = ReadEscape(text, at, decoded);
      pieces.Decoded(decoded, {at, end});
      at = end;
    } else if (IsBreak(c)) {
      const Fold fold = ReadFold(text, at);
      pieces.Decoded(fold.Text(), {at, fold.end});
      at = fold.end;
    } else {
      at = ReadRun(text, at, stops, pieces);
    }
  }
  return false;
}

// Follows the decoded text through the source instead of knowing where a plain scalar may end.
bool ReadPlainPieces(std::string_view text, uint32_t& at, std::string_view decoded,
                     YamlPieces& pieces) {
  if (text.substr(at, decoded.size()) == decoded && decoded.find('\n') == decoded.npos) {
    pieces.Verbatim(at, at + static_cast<uint32_t>(decoded.size()));
    at += static_cast<uint32_t>(decoded.size());
    return true;
  }
  size_t want = 0;
  while (want < decoded.size()) {
    const uint32_t after_blanks = SkipBlanks(text, at);
    if (after_blanks < text.size() && IsBreak(text[after_blanks])) {
      const Fold fold = ReadFold(text, after_blanks);
      const std::string folded = fold.Text();
      if (decoded.substr(want, folded.size()) != folded) return false;
      pieces.Decoded(folded, {at, fold.end});
      want += folded.size();
      at = fold.end;
      continue;
    }
    // Blanks inside a line belong to it: take them with the word that follows.
    uint32_t end = after_blanks;
    while (end < text.size() && !IsBlank(text[end]) && !IsBreak(text[end])) ++end;
    const uint32_t length =
        std::min<uint32_t>(end - at, static_cast<uint32_t>(decoded.size() - want));
    if (length == 0 || text.substr(at, length) != decoded.substr(want, length)) return false;
    pieces.Verbatim(at, at + length);
    want += length;
    at += length;
  }
  return true;
}

struct BlockHeader {
  bool folded = false;
  char chomp = ' ';  // '+', '-' or neither
  uint32_t digit = 0;
  uint32_t content = 0;  // where the first line after the header starts
};

BlockHeader ReadHeader(std::string_view text, uint32_t at) {
  BlockHeader header;
  header.folded = text[at++] == '>';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '+' || c == '-') {
      header.chomp = c;
    } else if (c >= '1' && c <= '9') {
      header.digit = static_cast<uint32_t>(c - '0');
    } else {
      break;
    }
  }
  header.content = AfterBreak(text, LineEnd(text, at));
  return header;
}

// The indentation of the first line that is not blank; of the longest blank one if all are.
uint32_t DetectIndent(std::string_view text, uint32_t at) {
  uint32_t longest = 0;
  while (at < text.size()) {
    uint32_t end = at;
    while (end < text.size() && text[end] == ' ') ++end;
    if (end < text.size() && !IsBreak(text[end])) return end - at;
    longest = std::max(longest, end - at);
    at = AfterBreak(text, end);
  }
  return longest;
}

// The blanks before the first character that is none, on its own line of `text`.
uint32_t LeadingSpaces(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n\r");
  if (first == text.npos) return 0;
  const size_t line = text.find_last_of("\r\n", first);
  return static_cast<uint32_t>(first - (line == text.npos ? 0 : line + 1));
}

// The indentation that made `decoded` of the block. It depends on the parent's column, which is not
// known here, but the decoded text gives it away.
uint32_t IndentOf(std::string_view text, const BlockHeader& header, std::string_view decoded) {
  constexpr uint32_t kDeeperThanAnyText = uint32_t{1} << 30;
  if (decoded.find_first_not_of(" \n") == decoded.npos) return kDeeperThanAnyText;
  const uint32_t indent = DetectIndent(text, header.content);
  return indent - std::min(indent, header.digit > 0 ? LeadingSpaces(decoded) : 0);
}

struct Line {
  uint32_t begin = 0;  // after the indentation
  uint32_t end = 0;
  uint32_t next = 0;
  bool blank() const { return begin == end; }
};

std::vector<Line> BlockLines(std::string_view text, uint32_t at, uint32_t indent) {
  std::vector<Line> lines;
  while (at < text.size()) {
    uint32_t begin = at;
    while (begin < text.size() && text[begin] == ' ' && begin - at < indent) ++begin;
    const uint32_t end = LineEnd(text, begin);
    if (begin < end && begin - at < indent) break;
    const std::string_view marker = text.substr(at, 3);
    if (begin == at && (marker == "---" || marker == "...")) break;
    lines.push_back({begin, end, AfterBreak(text, end)});
    at = lines.back().next;
  }
  return lines;
}

// The text of the lines, folded or not, with the breaks that chomping leaves.
void JoinLines(std::string_view text, const std::vector<Line>& lines, const BlockHeader& header,
               YamlPieces& pieces) {
  size_t used = lines.size();
  while (used > 0 && lines[used - 1].blank()) --used;
  auto more_indented = [&](size_t i) { return !lines[i].blank() && IsBlank(text[lines[i].begin]); };
  for (size_t i = 0; i < used; ++i) {
    const Line& line = lines[i];
    pieces.Verbatim(line.begin, line.end);
    if (i + 1 == used) break;
    const Span line_break{line.end, line.next};
    if (!header.folded || line.blank()) {
      pieces.Break(line_break);
      continue;
    }
    size_t next = i + 1;
    while (lines[next].blank()) ++next;
    if (more_indented(i) || more_indented(next)) {
      pieces.Break(line_break);
    } else if (next == i + 1) {
      pieces.Decoded(" ", line_break);
    }
  }
  const size_t kept = header.chomp == '+' ? lines.size() : header.chomp == '-' ? 0 : used;
  for (size_t i = used == 0 ? 0 : used - 1; i < kept; ++i) {
    if (lines[i].next > lines[i].end) pieces.Break({lines[i].end, lines[i].next});
  }
}

YamlScalar ReadBlock(const Value& input, uint32_t begin, const BlockHeader& header, uint32_t indent,
                     YamlPieces& pieces) {
  const std::string_view text = input.text();
  const std::vector<Line> lines = BlockLines(text, header.content, indent);
  JoinLines(text, lines, header, pieces);
  YamlScalar scalar;
  scalar.style = header.folded ? YamlStyle::kFolded : YamlStyle::kLiteral;
  scalar.range = {begin, LineEnd(text, begin)};
  scalar.next = lines.empty() ? header.content : lines.back().next;
  for (const Line& line : lines) {
    if (!line.blank()) scalar.range.end = line.end;
  }
  return scalar;
}

// yaml-cpp chomps quoted scalars as if they were blocks: of several line breaks before the closing
// quote it keeps one.
bool SameText(std::string_view read, std::string_view decoded, YamlStyle style) {
  if (read == decoded) return true;
  const bool quoted = style == YamlStyle::kSingleQuoted || style == YamlStyle::kDoubleQuoted;
  return quoted && read.starts_with(decoded) && decoded.ends_with('\n') &&
         read.find_first_not_of('\n', decoded.size()) == read.npos;
}

YamlStyle QuotedStyle(char quote) {
  return quote == '"' ? YamlStyle::kDoubleQuoted : YamlStyle::kSingleQuoted;
}

}  // namespace

uint32_t SkipYamlProperties(std::string_view text, uint32_t begin) {
  uint32_t at = begin;
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !IsBlank(text[at]) && !IsBreak(text[at])) ++at;
    for (;;) {
      while (at < text.size() && (IsBlank(text[at]) || IsBreak(text[at]))) ++at;
      if (at >= text.size() || text[at] != '#') break;
      at = LineEnd(text, at);
    }
  }
  return at;
}

YamlScalar MapYamlScalar(const Value& input, uint32_t begin, std::string_view decoded) {
  const std::string_view text = input.text();
  YamlScalar scalar;
  YamlPieces pieces(input);
  uint32_t at = std::min(begin, input.size());
  const char first = at < text.size() ? text[at] : '\0';
  bool read = false;
  if (first == '"' || first == '\'') {
    read = ReadQuotedPieces(text, at, pieces);
    scalar.style = QuotedStyle(first);
    scalar.range = {begin, at};
    scalar.next = at;
  } else if (first == '|' || first == '>') {
    const BlockHeader header = ReadHeader(text, at);
    scalar = ReadBlock(input, at, header, IndentOf(text, header, decoded), pieces);
    read = true;
  } else {
    read = ReadPlainPieces(text, at, decoded, pieces);
    scalar.range = {begin, at};
    scalar.next = at;
  }
  scalar.exact = read && SameText(pieces.text(), decoded, scalar.style);
  if (scalar.exact) {
    scalar.value = std::move(pieces).Build();
  } else {
    scalar.range.end = std::max(scalar.range.end, LineEnd(text, begin));
    scalar.next = std::max(scalar.next, scalar.range.end);
    const Span line{begin, LineEnd(text, begin)};
    scalar.value = Value(MappedText::Synthetic(std::string(decoded), input.ToSource(line)));
  }
  return scalar;
}

std::optional<YamlScalar> ReadYamlQuoted(const Value& input, uint32_t begin) {
  YamlScalar scalar;
  YamlPieces pieces(input);
  uint32_t at = begin;
  scalar.style = QuotedStyle(input.text()[begin]);
  if (!ReadQuotedPieces(input.text(), at, pieces)) return std::nullopt;
  scalar.range = {begin, at};
  scalar.next = at;
  scalar.value = std::move(pieces).Build();
  return scalar;
}

YamlScalar ReadYamlBlock(const Value& input, uint32_t begin, int parent) {
  const BlockHeader header = ReadHeader(input.text(), begin);
  const uint32_t least = static_cast<uint32_t>(parent + 1);
  uint32_t indent = least;
  if (header.digit > 0) {
    indent = header.digit + static_cast<uint32_t>(std::max(parent, 0));
  } else {
    indent = std::max(least, DetectIndent(input.text(), header.content));
  }
  YamlPieces pieces(input);
  YamlScalar scalar = ReadBlock(input, begin, header, indent, pieces);
  scalar.value = std::move(pieces).Build();
  return scalar;
}

}  // namespace oakum
