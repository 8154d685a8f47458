#include "analyzer/syntax/jq_object.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

constexpr int kMaxDepth = 8;

bool IsWordByte(char c) {
  return IsAlnum(c) || c == '_';
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Recursive over nested objects, no deeper than kMaxDepth.
class Reader {
 public:
  Reader(const Value& filter, const std::vector<JqVariable>& variables)
      : filter_(filter), text_(filter.text()), variables_(variables) {}

  std::optional<Value> Read() {
    SkipBlanks();
    if (Peek() != '{' || !Object(0)) return std::nullopt;
    return std::move(out_).Build();
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  Value Range(size_t begin, size_t end) const {
    return filter_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  Span Source(size_t begin, size_t end) const {
    return filter_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  void Put(std::string_view text, size_t at) { out_.AppendDecoded(text, Source(at, at)); }

  // Blanks and comments.
  void SkipBlanks() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (!IsBlank(text_[at_])) {
        return;
      } else {
        ++at_;
      }
    }
  }

  // The end of the string that begins at `at`, quotes included.
  size_t EndOfString(size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return std::min(at + 1, text_.size());
  }

  size_t EndOfWord(size_t at) const {
    while (at < text_.size() && IsWordByte(text_[at])) ++at;
    return at;
  }

  // The end of the expression that begins at at_: a comma or bracket of the object around it.
  size_t EndOfExpression() const {
    int depth = 0;
    for (size_t at = at_; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '"') {
        at = EndOfString(at) - 1;
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (c == ')' || c == ']' || c == '}') {
        if (depth-- == 0) return at;
      } else if (c == ',' && depth == 0) {
        return at;
      }
    }
    return text_.size();
  }

  bool Object(int depth) {
    if (depth > kMaxDepth) return false;
    Put("{", at_++);
    for (bool first = true;; first = false) {
      SkipBlanks();
      if (Peek() == '}') {
        Put("}", at_++);
        return true;
      }
      if (!first) {
        if (Peek() != ',') return false;
        Put(",", at_++);
        SkipBlanks();
      }
      if (!Member(depth)) return false;
    }
  }

  // `name: expression`, `"name": expression`, `$name`, `name`.
  bool Member(int depth) {
    const size_t begin = at_;
    const bool variable = Peek() == '$';
    const size_t name = begin + (variable ? 1 : 0);
    const bool quoted = Peek() == '"';
    const size_t end = quoted ? EndOfString(begin) : EndOfWord(name);
    if (end == name) return false;
    if (!quoted) Put("\"", name);
    out_.Append(Range(name, end));
    Put(quoted ? ":" : "\":", end);
    at_ = end;
    SkipBlanks();
    if (Peek() != ':') {
      // `{user}` is the member of that name of jq's input.
      const Span span = Source(begin, end);
      const JqVariable* given = variable ? Find(text_.substr(name, end - name)) : nullptr;
      PutVariable(given, text_.substr(name, end - name), span);
      return true;
    }
    ++at_;
    SkipBlanks();
    return Expression(depth);
  }

  bool Expression(int depth) {
    const size_t begin = at_;
    size_t end = EndOfExpression();
    if (Peek() == '{') {
      // An object that something is done to afterwards is what comes of that.
      if (!Object(depth + 1)) return false;
      at_ = std::max(at_, end);
      return true;
    }
    at_ = end;
    while (end > begin && IsBlank(text_[end - 1])) --end;
    if (end == begin) return false;
    const std::string_view text = text_.substr(begin, end - begin);
    const bool plain = text[0] == '"' && EndOfString(begin) == end;
    if (plain && text.find("\\(") == std::string_view::npos) {
      out_.Append(Range(begin, end));
    } else if (plain) {
      PutTemplate(begin, end);
    } else if (text[0] == '$' && EndOfWord(begin + 1) == end) {
      PutVariable(Find(text.substr(1)), text.substr(1), Source(begin, end));
    } else if (IsDigit(text[0]) || text == "true" || text == "false" || text == "null") {
      out_.Append(Range(begin, end));
    } else {
      Put("\"", begin);
      PutHole(text, Source(begin, end));
      Put("\"", end);
    }
    return true;
  }

  // A string with `\(expression)` in it.
  void PutTemplate(size_t begin, size_t end) {
    size_t copied = begin;
    for (size_t at = text_.find("\\(", begin); at < end; at = text_.find("\\(", copied)) {
      out_.Append(Range(copied, at));
      const size_t close = std::min(text_.find(')', at), end - 1);
      const std::string_view inner = text_.substr(at + 2, close - at - 2);
      const JqVariable* variable = inner.starts_with('$') ? Find(inner.substr(1)) : nullptr;
      if (variable != nullptr && !variable->is_json) {
        PutText(variable->value);
      } else {
        PutHole(inner, Source(at, close + 1));
      }
      copied = close + 1;
    }
    out_.Append(Range(copied, end));
  }

  const JqVariable* Find(std::string_view name) const {
    for (const JqVariable& variable : variables_) {
      if (variable.name == name) return &variable;
    }
    return nullptr;
  }

  // `variable` is null if its value is not known.
  void PutVariable(const JqVariable* variable, std::string_view name, Span span) {
    if (variable != nullptr && variable->is_json) return out_.Append(variable->value);
    out_.AppendDecoded("\"", {span.begin, span.begin});
    if (variable != nullptr) {
      PutText(variable->value);
    } else {
      PutHole(name, span);
    }
    out_.AppendDecoded("\"", {span.end, span.end});
  }

  // The text as a JSON string has it.
  void PutText(const Value& value) {
    const std::string_view text = value.text();
    uint32_t copied = 0;
    for (uint32_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (c != '"' && c != '\\' && c != '\n') continue;
      out_.Append(value.Slice({copied, at}));
      out_.AppendDecoded(c == '\n'  ? "\\n"
                         : c == '"' ? "\\\""
                                    : "\\\\",
                         value.ToSource({at, at + 1}));
      copied = at + 1;
    }
    out_.Append(value.Slice(copied));
  }

  void PutHole(std::string_view expression, Span span) {
    Hole hole;
    hole.origin = HoleOrigin::kExpression;
    for (const std::string_view environment : {"env.", "$ENV."}) {
      if (!expression.starts_with(environment)) continue;
      expression.remove_prefix(environment.size());
      hole.origin = HoleOrigin::kEnvironment;
    }
    hole.name = std::string(expression);
    hole.span = span;
    out_.Append(std::move(hole));
  }

  const Value& filter_;
  const std::string_view text_;
  const std::vector<JqVariable>& variables_;
  size_t at_ = 0;
  Value::Builder out_;
};

}  // namespace

std::optional<Value> JqObject(const Value& filter, const std::vector<JqVariable>& variables) {
  return Reader(filter, variables).Read();
}

}  // namespace oakum
