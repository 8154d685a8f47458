#include "analyzer/syntax/key_value.h"

#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/text_lines.h"

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsKey(std::string_view key) {
  if (key.empty()) return false;
  for (char c : key) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '.' && c != '-')
      return false;
  }
  return true;
}

Value Range(const Value& text, size_t begin, size_t end) {
  return text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

class DotenvParser {
 public:
  explicit DotenvParser(const Value& in) : in_(in), text_(in.text()) {}

  std::vector<KeyValue> Parse() {
    while (at_ < text_.size()) {
      line_end_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      Line();
      at_ = std::max(at_, line_end_);
      while (at_ < text_.size() && (text_[at_] == '\r' || text_[at_] == '\n')) ++at_;
    }
    return std::move(out_);
  }

 private:
  void SkipBlanks() {
    while (at_ < line_end_ && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  void Line() {
    SkipBlanks();
    if (text_.substr(at_).starts_with("export ")) at_ += 7;
    SkipBlanks();
    const size_t delimiter = text_.find_first_of("=:", at_);
    if (delimiter == kNone || delimiter >= line_end_) return;
    const Value key = Range(in_, at_, delimiter).Trimmed();
    if (!key.is_literal() || !IsKey(key.text())) return;
    at_ = delimiter + 1;
    SkipBlanks();
    KeyValue pair;
    pair.key = key.text();
    pair.key_span = key.ToSource();
    pair.value = TakeValue();
    pair.span = Span::Cover(pair.key_span,
                            in_.ToSource({static_cast<uint32_t>(at_), static_cast<uint32_t>(at_)}));
    out_.push_back(std::move(pair));
  }

  Value TakeValue() {
    const char quote = at_ < line_end_ ? text_[at_] : '\0';
    if (quote == '\'' || quote == '"') {
      const size_t close = ClosingQuote(quote);
      if (close != kNone) {
        const Value inside = Range(in_, at_ + 1, close);
        at_ = close + 1;
        line_end_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        return quote == '"' ? Unescaped(DotenvVariables(inside)) : inside;
      }
    }
    size_t end = line_end_;
    for (size_t hash = text_.find('#', at_); hash < end; hash = text_.find('#', hash + 1)) {
      if (hash == at_ || text_[hash - 1] == ' ' || text_[hash - 1] == '\t') end = hash;
    }
    const Value bare = Range(in_, at_, end).Trimmed();
    at_ = at_ + bare.size();
    return DotenvVariables(bare);
  }

  // Quoted values may span lines; one that is never closed is a bare value.
  size_t ClosingQuote(char quote) {
    if (unclosed_.find(quote) != kNone) return kNone;
    for (size_t at = at_ + 1; at < text_.size(); ++at) {
      if (text_[at] == '\\' && quote == '"') {
        ++at;
      } else if (text_[at] == quote) {
        return at;
      }
    }
    unclosed_ += quote;
    return kNone;
  }

  static std::string_view Escape(std::string_view letter) {
    if (letter == "n") return "\n";
    if (letter == "r") return "\r";
    if (letter == "t") return "\t";
    return letter == "\"" || letter == "\\" ? letter : std::string_view();
  }

  static Value Unescaped(const Value& inside) {
    if (inside.text().find('\\') == kNone) return inside;
    Value::Builder out;
    size_t copied = 0;
    for (size_t at = inside.text().find('\\'); at < inside.size();
         at = inside.text().find('\\', at + 2)) {
      const std::string_view decoded = Escape(inside.text().substr(at + 1, 1));
      if (decoded.empty()) continue;
      out.Append(Range(inside, copied, at));
      out.AppendDecoded(
          decoded, inside.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(at + 2)}));
      copied = at + 2;
    }
    out.Append(Range(inside, copied, inside.size()));
    return std::move(out).Build();
  }

  const Value& in_;
  const std::string_view text_;
  size_t at_ = 0;
  size_t line_end_ = 0;
  std::string unclosed_;
  std::vector<KeyValue> out_;
};

}  // namespace

std::vector<KeyValue> ParseDotenv(const Value& text) {
  return DotenvParser(text).Parse();
}

std::vector<KeyValue> ParseNpmrc(const Value& text) {
  std::vector<KeyValue> out;
  for (const Value& raw : SplitLines(text)) {
    const Value line = raw.Trimmed();
    if (line.empty() || line.text()[0] == ';' || line.text()[0] == '#' || line.text()[0] == '[') {
      continue;
    }
    const size_t delimiter = line.text().find('=');
    if (delimiter == kNone) continue;
    KeyValue pair;
    const Value key = Range(line, 0, delimiter).Trimmed();
    Value value = Range(line, delimiter + 1, line.size()).Trimmed();
    const std::string_view shown = value.text();
    if (shown.size() >= 2 && (shown[0] == '"' || shown[0] == '\'') && shown.back() == shown[0]) {
      value = Range(value, 1, value.size() - 1);
    } else {
      const size_t comment = shown.find_first_of(";#");
      if (comment != kNone) value = Range(value, 0, comment).Trimmed();
    }
    pair.key = key.Describe();
    pair.value = BracedVariables(value);
    pair.key_span = key.ToSource();
    pair.span = line.ToSource();
    out.push_back(std::move(pair));
  }
  return out;
}

}  // namespace oakum
