#include "analyzer/syntax/toml.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/syntax/toml_plus_plus.h"

namespace oakum {

namespace {

// toml++ limits nested values (256) but neither dotted keys nor the depth of its own destructors.
constexpr int kMaxKeyParts = 16;
constexpr size_t kManyBytes = 256 << 10;

bool IsBareKeyByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

class Reader {
 public:
  explicit Reader(const Value& in) : in_(in), text_(in.text()), buffer_(in.text()) {
    lines_.push_back(0);
    for (size_t at = text_.find('\n'); at != std::string_view::npos;
         at = text_.find('\n', at + 1)) {
      lines_.push_back(static_cast<uint32_t>(at + 1));
    }
    for (const Value::PlacedHole& placed : in.holes()) buffer_[placed.position] = 'x';
    KeepToAscii();
    LimitKeyParts();
  }

  TomlText Read() {
    const int attempts = buffer_.size() > kManyBytes ? 4 : 32;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      // The one place that catches what toml++ throws.
      try {
        const toml::table table = toml::parse(std::string_view(buffer_));
        Table(DataTree::kNone, {}, table, 0);
        break;
      } catch (const toml::parse_error& error) {
        if (!LeaveOutLine(error.source().begin.line)) break;
      } catch (const TomlAssertion&) {
        if (!LeaveOutLine(BrokenHeader())) break;
      }
    }
    return std::move(out_);
  }

 private:
  // toml++ 3.3 has undefined behaviour on letters beyond ASCII outside of strings. Texts are
  // decoded from the source, so any ASCII letter will do; different ones keep different keys apart.
  void KeepToAscii() {
    for (char& c : buffer_) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) c = static_cast<char>('a' + byte % 26);
    }
  }

  // Dots beyond the limit become ordinary letters of the key.
  void LimitKeyParts() {
    int dots = 0;
    for (char& c : buffer_) {
      if (c == '.') {
        if (++dots > kMaxKeyParts) c = '_';
      } else if (!IsBareKeyByte(c) && c != ' ' && c != '\t' && c != '"' && c != '\'') {
        dots = 0;
      }
    }
  }

  // The number of the first line that opens a table without naming it, which toml++ asserts on.
  size_t BrokenHeader() const {
    for (size_t line = 0; line < lines_.size(); ++line) {
      const Span span = LineSpan(line);
      const std::string_view text = std::string_view(buffer_).substr(span.begin, span.size());
      size_t at = text.find_first_not_of(" \t");
      if (at == std::string_view::npos || text[at] != '[') continue;
      at = text.find_first_not_of(" \t", at + (text.substr(at).starts_with("[[") ? 2 : 1));
      if (at == std::string_view::npos || IsBareKeyByte(text[at])) continue;
      if (text[at] != '"' && text[at] != '\'') return line + 1;
    }
    return lines_.size();
  }

  // `line` counts from 1. False if there is nothing left to leave out.
  bool LeaveOutLine(size_t line) {
    line = std::min(line == 0 ? 0 : line - 1, lines_.size() - 1);
    // At the end of the text the fault lies on the last line that says something.
    while (line > 0 && IsBlank(line)) --line;
    const Span span = LineSpan(line);
    out_.errors.push_back({"this line is not valid TOML", in_.ToSource(span)});
    if (IsBlank(line)) return false;
    std::fill(buffer_.begin() + span.begin, buffer_.begin() + span.end, ' ');
    return true;
  }

  Span LineSpan(size_t line) const {
    const uint32_t end = line + 1 < lines_.size() ? lines_[line + 1] - 1 : in_.size();
    return {lines_[line], std::max(lines_[line], end)};
  }

  bool IsBlank(size_t line) const {
    const Span span = LineSpan(line);
    const size_t found = buffer_.find_first_not_of(" \t\r", span.begin);
    return found == std::string::npos || found >= span.end;
  }

  // toml++ counts lines and columns from 1; in ASCII a column is a byte.
  uint32_t Offset(const toml::source_position& position) const {
    if (position.line == 0 || position.line > lines_.size()) return in_.size();
    const uint32_t column = position.column == 0 ? 0 : position.column - 1;
    return std::min(lines_[position.line - 1] + column, in_.size());
  }

  Span Range(const toml::source_region& region) const {
    const uint32_t begin = Offset(region.begin);
    return {begin, std::max(begin, Offset(region.end))};
  }

  // A key or string from its own bytes.
  Value Decode(Span range) const {
    const std::string_view raw = text_.substr(range.begin, range.size());
    if (raw.empty() || (raw[0] != '"' && raw[0] != '\'')) return in_.Slice(range);
    const bool multi = raw.size() >= 6 && raw[1] == raw[0] && raw[2] == raw[0];
    const uint32_t quote = multi ? 3 : 1;
    if (raw.size() < 2 * quote) return in_.Slice(range);
    Span inside{range.begin + quote, range.end - quote};
    if (multi && inside.begin < inside.end && text_[inside.begin] == '\r') ++inside.begin;
    if (multi && inside.begin < inside.end && text_[inside.begin] == '\n') ++inside.begin;
    if (raw[0] == '\'') return in_.Slice(inside);
    return Unescape(inside);
  }

  Value Unescape(Span inside) const {
    Value::Builder out;
    uint32_t copied = inside.begin;
    uint32_t at = inside.begin;
    while (at < inside.end) {
      if (text_[at] != '\\' || at + 1 >= inside.end) {
        ++at;
        continue;
      }
      out.Append(in_.Slice({copied, at}));
      const uint32_t begin = at;
      const std::string decoded = Escape(at, inside.end);
      out.AppendDecoded(decoded, in_.ToSource({begin, at}));
      copied = at;
    }
    if (copied == inside.begin) return in_.Slice(inside);
    out.Append(in_.Slice({copied, inside.end}));
    return std::move(out).Build();
  }

  // The text of the escape at `at`, which moves behind it. A backslash at a line's end stands for
  // nothing, together with all blanks after it.
  std::string Escape(uint32_t& at, uint32_t end) const {
    const char kind = text_[at + 1];
    at += 2;
    switch (kind) {
      case 'b':
        return "\b";
      case 't':
        return "\t";
      case 'n':
        return "\n";
      case 'f':
        return "\f";
      case 'r':
        return "\r";
      case 'u':
        return CodePoint(at, end, 4);
      case 'U':
        return CodePoint(at, end, 8);
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        while (at < end && std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos)
          ++at;
        return "";
      default:
        return std::string(1, kind);
    }
  }

  std::string CodePoint(uint32_t& at, uint32_t end, int digits) const {
    uint32_t code = 0;
    for (; digits > 0 && at < end && std::isxdigit(static_cast<unsigned char>(text_[at]));
         --digits) {
      const char c = text_[at++];
      code = code * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    if (code < 0x80) return std::string(1, static_cast<char>(code));
    std::string out;
    if (code < 0x800) {
      out += static_cast<char>(0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
      } else {
        out += static_cast<char>(0xf0 | ((code >> 18) & 7));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
      }
      out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    }
    out += static_cast<char>(0x80 | (code & 0x3f));
    return out;
  }

  void Table(DataTree::Id parent, Value key, const toml::table& table, int depth) {
    const DataTree::Id id = Add(parent, std::move(key), DataKind::kMap, Range(table.source()), {});
    struct Member {
      Span key;
      const toml::node* node;
    };
    std::vector<Member> members;
    for (const auto& [name, node] : table) members.push_back({Range(name.source()), &node});
    std::sort(members.begin(), members.end(),
              [](const Member& a, const Member& b) { return a.key < b.key; });
    for (const Member& member : members) Node(id, Decode(member.key), *member.node, depth + 1);
  }

  void Node(DataTree::Id parent, Value key, const toml::node& node, int depth) {
    const Span range = Range(node.source());
    if (depth >= DataTree::kMaxDepth) {
      out_.errors.push_back({"nested too deeply to be read", in_.ToSource(range)});
    } else if (const toml::table* table = node.as_table()) {
      Table(parent, std::move(key), *table, depth);
    } else if (const toml::array* array = node.as_array()) {
      const DataTree::Id id = Add(parent, std::move(key), DataKind::kList, range, {});
      for (const toml::node& item : *array) Node(id, {}, item, depth + 1);
    } else if (node.is_string()) {
      Add(parent, std::move(key), DataKind::kText, range, Decode(range));
    } else {
      const DataKind kind = node.is_boolean()  ? DataKind::kBool
                            : node.is_number() ? DataKind::kNumber
                                               : DataKind::kOther;
      Add(parent, std::move(key), kind, range, in_.Slice(range));
    }
  }

  DataTree::Id Add(DataTree::Id parent, Value key, DataKind kind, Span range, Value value) {
    DataTree::Node node;
    node.kind = kind;
    node.key = std::move(key);
    node.span = in_.ToSource(range);
    node.value = std::move(value);
    return out_.tree.Add(parent, std::move(node));
  }

  const Value& in_;
  const std::string_view text_;
  std::string buffer_;           // what toml++ sees: as long as the text
  std::vector<uint32_t> lines_;  // where each begins
  TomlText out_;
};

}  // namespace

TomlText ParseToml(const Value& text) {
  return Reader(text).Read();
}

}  // namespace oakum
