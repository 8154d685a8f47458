#include "analyzer/syntax/shell_quote.h"

#include <algorithm>
#include <vector>

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;

// Walks over nested quotes, expansions and substitutions without recursion.
class QuoteSkipper {
 public:
  explicit QuoteSkipper(std::string_view text) : text_(text) {}

  std::optional<uint32_t> Skip(size_t begin) {
    i_ = begin;
    if (!Open()) return std::nullopt;
    while (!frames_.empty()) {
      if (i_ >= text_.size() || !Step()) return std::nullopt;
    }
    return static_cast<uint32_t>(i_);
  }

 private:
  enum class Kind { kDouble, kBrace, kCommand, kArithmetic };
  struct Frame {
    Kind kind;
    bool in_double = false;  // a brace inside double quotes: ' is text there
    int cases = 0;           // open `case`s, whose patterns end in ')'
  };

  // Enters or jumps over what opens at i_. False if it is a leaf without an end.
  bool Open() {
    const char c = text_[i_];
    const char next = ShellCharAt(text_, i_ + 1);
    const bool in_double =
        !frames_.empty() && (frames_.back().kind == Kind::kDouble || frames_.back().in_double);
    if (c == '\'') return Leaf(i_ + 1, '\'', false);
    if (c == '`') return Leaf(i_ + 1, '`', true);
    if (c == '"') return Push(Kind::kDouble, 1);
    if (c == '(' && next == '(') return Push(Kind::kArithmetic, 1) && Push(Kind::kArithmetic, 1);
    if (c == '(') return Push(Kind::kCommand, 1);
    if ((c == '<' || c == '>') && next == '(') return Push(Kind::kCommand, 2);
    if (c != '$') return false;
    if (next == '\'' && !in_double) return Leaf(i_ + 2, '\'', true);
    if (next == '"' && !in_double) return Push(Kind::kDouble, 2);
    if (next == '(' && ShellCharAt(text_, i_ + 2) == '(') {
      return Push(Kind::kArithmetic, 2) && Push(Kind::kArithmetic, 1);
    }
    if (next == '(') return Push(Kind::kCommand, 2);
    if (next == '{') {
      Push(Kind::kBrace, 2);
      frames_.back().in_double = in_double;
      return true;
    }
    return false;
  }

  bool Push(Kind kind, size_t width) {
    frames_.push_back({kind});
    i_ += width;
    return true;
  }

  bool Leaf(size_t from, char close, bool escapes) {
    for (size_t i = from; i < text_.size(); ++i) {
      if (escapes && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == close) {
        i_ = i + 1;
        return true;
      }
    }
    return false;
  }

  bool Close() {
    frames_.pop_back();
    ++i_;
    return true;
  }

  bool Step() {
    Frame& top = frames_.back();
    const char c = text_[i_];
    const char next = ShellCharAt(text_, i_ + 1);
    if (c == '\\') {
      i_ += 2;
      return true;
    }
    const bool expands = c == '`' || (c == '$' && (next == '(' || next == '{'));
    switch (top.kind) {
      case Kind::kDouble:
        if (c == '"') return Close();
        if (expands) return Open();
        break;
      case Kind::kBrace:
        if (c == '}') return Close();
        if (expands || c == '"' || (c == '\'' && !top.in_double)) return Open();
        break;
      case Kind::kArithmetic:
        if (c == ')') return Close();
        if (c == '(') return Push(Kind::kArithmetic, 1);
        if (expands || c == '"' || c == '\'') return Open();
        break;
      case Kind::kCommand:
        return StepCommand(top);
    }
    ++i_;
    return true;
  }

  bool StepCommand(Frame& top) {
    const char c = text_[i_];
    const char next = ShellCharAt(text_, i_ + 1);
    if (c == ')') {
      if (top.cases == 0) return Close();
      ++i_;
      return true;
    }
    if (c == '\n') {
      ++i_;
      for (const HeredocDelimiter& heredoc : pending_) SkipHeredocBody(text_, heredoc, i_);
      pending_.clear();
      return true;
    }
    if (c == '<' && next == '<' && ShellCharAt(text_, i_ + 2) != '<') {
      i_ += 2;
      const bool strip = ShellCharAt(text_, i_) == '-';
      if (strip) ++i_;
      pending_.push_back(ReadHeredocDelimiter(text_, i_));
      pending_.back().strip_tabs = strip;
      return true;
    }
    if (c == '<' && next == '<') {
      i_ += 3;
      return true;
    }
    const bool word_start = IsShellMeta(text_[i_ - 1]);
    if (c == '#' && word_start) {
      i_ = std::min(text_.find('\n', i_), text_.size());
      return true;
    }
    if (word_start && IsShellNameStart(c)) return SkipBareWord(top);
    if (c == '\'' || c == '"' || c == '`' || c == '(' ||
        (c == '$' && next != '"' && next != '\0')) {
      if (c != '$' || next == '(' || next == '{' || next == '\'') return Open();
    }
    ++i_;
    return true;
  }

  // A bare word in a substitution; `case` and `esac` change what ')' means.
  bool SkipBareWord(Frame& top) {
    const size_t begin = i_;
    while (i_ < text_.size() && (IsShellNameStart(text_[i_]) || IsShellDigit(text_[i_]))) ++i_;
    const std::string_view word = text_.substr(begin, i_ - begin);
    if (word != "case" && word != "esac") return true;
    if (i_ < text_.size() && !IsShellMeta(text_[i_])) return true;
    size_t before = begin;
    while (before > 0 && IsShellBlank(text_[before - 1])) --before;
    const char previous = before == 0 ? '\n' : text_[before - 1];
    const std::string_view head = text_.substr(0, before);
    const bool command_start = std::string_view("(;\n|&)").find(previous) != kNone ||
                               head.ends_with(" do") || head.ends_with("then") ||
                               head.ends_with("else") || head.ends_with("{");
    if (word == "case" && command_start) ++top.cases;
    if (word == "esac" && top.cases > 0) --top.cases;
    return true;
  }

  std::string_view text_;
  size_t i_ = 0;
  std::vector<Frame> frames_;
  std::vector<HeredocDelimiter> pending_;
};

}  // namespace

size_t ShellContinuation(std::string_view text, size_t i) {
  if (text[i] != '\\') return 0;
  if (ShellCharAt(text, i + 1) == '\n') return 2;
  return ShellCharAt(text, i + 1) == '\r' && ShellCharAt(text, i + 2) == '\n' ? 3 : 0;
}

uint32_t ShellNameLength(std::string_view text, uint32_t begin) {
  uint32_t i = begin;
  if (i >= text.size() || !IsShellNameStart(text[i])) return 0;
  while (i < text.size() && (IsShellNameStart(text[i]) || IsShellDigit(text[i]))) ++i;
  return i - begin;
}

std::optional<uint32_t> SkipShellQuote(std::string_view text, uint32_t begin) {
  return QuoteSkipper(text).Skip(begin);
}

HeredocDelimiter ReadHeredocDelimiter(std::string_view text, size_t& i) {
  HeredocDelimiter heredoc;
  while (i < text.size() && IsShellBlank(text[i])) ++i;
  while (i < text.size() && !IsShellMeta(text[i])) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      heredoc.quoted = true;
      heredoc.text += text[i + 1];
      i += 2;
    } else if (c == '\'' || c == '"') {
      const size_t close = text.find(c, i + 1);
      if (close == kNone) break;
      heredoc.quoted = true;
      heredoc.text += text.substr(i + 1, close - i - 1);
      i = close + 1;
    } else {
      heredoc.text += c;
      ++i;
    }
  }
  return heredoc;
}

Span SkipHeredocBody(std::string_view text, const HeredocDelimiter& delimiter, size_t& i) {
  const size_t begin = i;
  while (i < text.size()) {
    const size_t line = i;
    size_t end = text.find('\n', i);
    i = end == kNone ? text.size() : end + 1;
    if (end == kNone) end = text.size();
    std::string_view content = text.substr(line, end - line);
    if (content.ends_with('\r')) content.remove_suffix(1);
    if (delimiter.strip_tabs)
      content.remove_prefix(std::min(content.find_first_not_of('\t'), content.size()));
    if (content == delimiter.text)
      return {static_cast<uint32_t>(begin), static_cast<uint32_t>(line)};
  }
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(text.size())};
}

}  // namespace oakum
