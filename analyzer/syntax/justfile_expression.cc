// Expressions of just: strings, names, calls, `+`, `/`, `if`.

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/syntax/identifier.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/justfile.h"
#include "analyzer/syntax/utf8.h"

namespace oakum {

namespace {

constexpr int kMaxDepth = 32;

bool IsNameByteOfJust(char c) {
  return IsNameByte(c) || c == '-';
}

// The common indentation of the lines that are not blank.
size_t IndentationOf(std::string_view text) {
  size_t common = text.npos;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const size_t indent = text.substr(0, end).find_first_not_of(" \t\r");
    if (indent != text.npos) common = std::min(common, indent);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return common == text.npos ? 0 : common;
}

class Reader {
 public:
  Reader(const MappedText& text, size_t at) : mapped_(text), text_(text.text()), at_(at) {}

  JustExpression Read() {
    JustExpression result;
    result.value = Expression(0);
    result.end = at_;
    result.commands = std::move(commands_);
    return result;
  }

 private:
  MappedText Part(size_t begin, size_t end) const {
    return mapped_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  Span SpanOf(size_t begin, size_t end) const {
    return mapped_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // Lines end an expression, except in brackets.
  void SkipBlanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool more = c == '\\' && Peek(1) == '\n';
      if (c != ' ' && c != '\t' && c != '\r' && !more && (c != '\n' || brackets_ == 0)) return;
      at_ += more ? 2 : 1;
    }
  }

  bool Take(std::string_view what) {
    SkipBlanks();
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }

  bool TakeWord(std::string_view word) {
    SkipBlanks();
    if (!text_.substr(at_).starts_with(word) || IsNameByteOfJust(Peek(word.size()))) return false;
    at_ += word.size();
    return true;
  }

  Value Expression(int depth) {
    if (depth > kMaxDepth) return {};
    SkipBlanks();
    const size_t begin = at_;
    if (TakeWord("if")) return If(begin, depth);
    Value::Builder out;
    if (Take("/")) out.AppendDecoded("/", SpanOf(at_ - 1, at_));
    out.Append(Term(depth));
    while (true) {
      SkipBlanks();
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("&&") || rest.starts_with("||")) {
        at_ += 2;
        Term(depth);  // what is used instead
      } else if (rest.starts_with('+')) {
        ++at_;
        out.Append(Term(depth));
      } else if (rest.starts_with('/')) {
        ++at_;
        out.AppendDecoded("/", SpanOf(at_ - 1, at_));
        out.Append(Term(depth));
      } else {
        return std::move(out).Build();
      }
    }
  }

  // A block in braces, whatever is in it.
  void Block(int depth) {
    if (!Take("{")) return;
    ++brackets_;
    Expression(depth + 1);
    --brackets_;
    Take("}");
  }

  Value If(size_t begin, int depth) {
    ++brackets_;
    Expression(depth + 1);
    for (const std::string_view op : {"==", "!=", "=~", "!~"}) {
      if (Take(op)) Expression(depth + 1);
    }
    Block(depth);
    if (TakeWord("else")) {
      const size_t inner = at_;
      if (depth < kMaxDepth && TakeWord("if")) {
        If(inner, depth + 1);
      } else {
        Block(depth);
      }
    }
    --brackets_;
    return Named("if", HoleOrigin::kExpression, begin);
  }

  Value Named(std::string_view name, HoleOrigin origin, size_t begin,
              std::shared_ptr<const Value> fallback = nullptr) const {
    Hole hole;
    hole.name = name;
    hole.origin = origin;
    hole.span = SpanOf(begin, at_);
    hole.fallback = std::move(fallback);
    Value::Builder out;
    out.Append(std::move(hole));
    return std::move(out).Build();
  }

  Value Term(int depth) {
    SkipBlanks();
    const size_t begin = at_;
    const char c = Peek();
    if (c == '\'' || c == '"') return String('\0');
    if ((c == 'x' || c == 'f') && (Peek(1) == '\'' || Peek(1) == '"')) {
      ++at_;
      return String(c);
    }
    if (c == '`') return Backticks();
    if (c == '(') {
      ++at_;
      ++brackets_;
      Value value = Expression(depth + 1);
      --brackets_;
      Take(")");
      return value;
    }
    if (!IsNameStart(c)) return {};
    while (IsNameByteOfJust(Peek())) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (Peek() == '(') return Call(name, begin, depth);
    return Named(name, HoleOrigin::kExpression, begin);
  }

  Value Call(std::string_view name, size_t begin, int depth) {
    constexpr size_t kMaxArguments = 16;
    ++at_;
    ++brackets_;
    std::vector<Value> arguments;
    while (at_ < text_.size() && arguments.size() < kMaxArguments) {
      arguments.push_back(Expression(depth + 1));
      if (!Take(",")) break;
    }
    --brackets_;
    Take(")");
    if (arguments.empty()) arguments.emplace_back();
    const Value& first = arguments.front();
    if (name == "env" || name == "env_var" || name == "env_var_or_default") {
      const bool fallback = arguments.size() > 1 && !arguments[1].empty();
      return Named(first.is_literal() ? first.text() : name, HoleOrigin::kEnvironment, begin,
                   fallback ? std::make_shared<const Value>(arguments[1]) : nullptr);
    }
    if (name == "shell") {
      commands_.push_back(first);
      return Named(first.is_literal() ? first.text() : name, HoleOrigin::kCommand, begin);
    }
    if (name == "quote") {
      Value::Builder out;
      out.AppendDecoded("'", SpanOf(begin, begin));
      out.Append(first);
      out.AppendDecoded("'", SpanOf(begin, begin));
      return std::move(out).Build();
    }
    if (name.starts_with("trim") && arguments.size() == 1) return first;
    return Named(std::string(name) + "()", HoleOrigin::kExpression, begin);
  }

  // The content of what is quoted by one or three of the character at hand.
  std::optional<MappedText> Quoted(bool& three) {
    const char quote = Peek();
    three = Peek(1) == quote && Peek(2) == quote;
    const size_t width = three ? 3 : 1;
    const size_t begin = at_ + width;
    size_t end = begin;
    while (end < text_.size()) {
      if (quote == '"' && text_[end] == '\\') {
        end += 2;
      } else if (text_[end] == quote &&
                 (!three || text_.substr(end).starts_with(std::string(3, quote)))) {
        at_ = end + width;
        return Part(begin, end);
      } else {
        ++end;
      }
    }
    at_ = text_.size();
    return std::nullopt;
  }

  Value String(char prefix) {
    const bool escapes = Peek() == '"';
    bool three = false;
    std::optional<MappedText> content = Quoted(three);
    if (!content) return {};
    if (three) content = WithoutIndentation(*content);
    if (escapes) content = Unescaped(*content);
    if (prefix == 'x') return DotenvVariables(Value(std::move(*content)));
    if (prefix == 'f') return JustInterpolations(*content, commands_);
    return Value(std::move(*content));
  }

  Value Backticks() {
    const size_t begin = at_;
    bool three = false;
    const std::optional<MappedText> content = Quoted(three);
    if (!content) return {};
    Value command = JustInterpolations(three ? WithoutIndentation(*content) : *content, commands_);
    commands_.push_back(command);
    return Named(command.is_literal() ? command.text() : "command", HoleOrigin::kCommand, begin);
  }

  // Without the first line if it is empty, and without what all lines begin with.
  static MappedText WithoutIndentation(const MappedText& text) {
    std::string_view all = text.text();
    size_t at = all.starts_with('\n') ? 1 : all.starts_with("\r\n") ? 2 : 0;
    const size_t indent = IndentationOf(all.substr(at));
    MappedText::Builder out;
    while (at < all.size()) {
      const size_t end = std::min(all.find('\n', at), all.size() - 1) + 1;
      const size_t from = std::min(at + indent, end);
      const bool blank = all.substr(at, end - at).find_first_not_of(" \t\r\n") == all.npos;
      const size_t begin = blank && from == end ? end - (all[end - 1] == '\n') : from;
      out.Append(text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}));
      at = end;
    }
    return std::move(out).Build();
  }

  static MappedText Unescaped(const MappedText& text) {
    const std::string_view raw = text.text();
    if (raw.find('\\') == raw.npos) return text;
    MappedText::Builder out;
    size_t copied = 0;
    for (size_t at = raw.find('\\'); at < raw.size(); at = raw.find('\\', at)) {
      if (at + 1 == raw.size()) break;
      out.Append(text.Slice({static_cast<uint32_t>(copied), static_cast<uint32_t>(at)}));
      size_t end = at + 2;
      std::string decoded(1, raw[at + 1]);
      switch (raw[at + 1]) {
        case 'n':
          decoded = "\n";
          break;
        case 'r':
          decoded = "\r";
          break;
        case 't':
          decoded = "\t";
          break;
        case '\n':
          decoded.clear();
          break;
        case 'u':
          end = CodePoint(raw, end, decoded);
          break;
        default:
          break;
      }
      out.AppendDecoded(decoded,
                        text.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(end)}));
      copied = at = end;
    }
    out.Append(text.Slice(static_cast<uint32_t>(copied)));
    return std::move(out).Build();
  }

  // `{1F600}` at `at`: where it ends.
  static size_t CodePoint(std::string_view raw, size_t at, std::string& decoded) {
    constexpr size_t kMaxDigits = 6;
    if (at >= raw.size() || raw[at] != '{') return at;
    uint32_t code = 0;
    size_t end = at + 1;
    while (end < raw.size() && end - at <= kMaxDigits && IsHexDigit(raw[end])) {
      code = code * 16 + static_cast<uint32_t>(HexDigit(raw[end++]));
    }
    if (end >= raw.size() || raw[end] != '}') return at;
    decoded = Utf8(code);
    return end + 1;
  }

  const MappedText& mapped_;
  const std::string_view text_;
  size_t at_;
  int brackets_ = 0;
  std::vector<Value> commands_;
};

}  // namespace

JustExpression ReadJustExpression(const MappedText& text, size_t begin) {
  return Reader(text, begin).Read();
}

Value JustInterpolations(const MappedText& text, std::vector<Value>& commands) {
  constexpr std::string_view kOpen = "{{";
  const std::string_view raw = text.text();
  const auto part = [&text](size_t begin, size_t end) {
    return text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  };
  Value::Builder out;
  size_t copied = 0;
  for (size_t at = raw.find(kOpen); at != raw.npos; at = raw.find(kOpen, at)) {
    out.Append(part(copied, at));
    copied = at;
    if (raw.substr(at).starts_with("{{{{")) {
      out.AppendDecoded(kOpen, part(at, at + 4).ToSource());
      copied = at = at + 4;
      continue;
    }
    JustExpression inner = ReadJustExpression(text, at + kOpen.size());
    const size_t close = raw.find("}}", inner.end);
    if (close == raw.npos) break;
    commands.insert(commands.end(), inner.commands.begin(), inner.commands.end());
    if (Strip(raw.substr(inner.end, close - inner.end)).empty()) {
      out.Append(inner.value);
    } else {
      Hole hole;
      hole.origin = HoleOrigin::kExpression;
      hole.name = Strip(raw.substr(at + 2, close - at - 2));
      hole.span = part(at, close + 2).ToSource();
      out.Append(std::move(hole));
    }
    copied = at = close + 2;
  }
  out.Append(text.Slice(static_cast<uint32_t>(copied)));
  return std::move(out).Build();
}

}  // namespace oakum
