#include "analyzer/syntax/shell_word.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/syntax/shell_quote.h"

namespace oakum {

namespace {

constexpr int kMaxFallbackDepth = 8;
constexpr int kMaxFailures = 8;

enum class Quoting { kNone, kDouble, kHeredoc };

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x110000) {
    out += static_cast<char>(0xf0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// What the readers of one word share: its fallbacks are read by readers of their own.
struct Shared {
  std::vector<Value>& commands;
  int failures = 0;  // openers without an end so far
};

class Reader {
 public:
  Reader(const Value& script, Shared& shared, int depth)
      : script_(script), text_(script.text()), shared_(shared), depth_(depth) {}

  Value Read(Span range, Quoting quoting) {
    end_ = range.end;
    i_ = range.begin;
    run_ = i_;
    const std::string_view raw = text_.substr(range.begin, range.size());
    if (raw.find_first_of("\\'\"`$<>") == std::string_view::npos) return script_.Slice(range);
    while (i_ < end_) Step(quoting);
    Flush(end_);
    if (out_.empty()) return script_.Slice({range.begin, range.begin});
    return std::move(out_).Build();
  }

 private:
  // Literal text up to `to` goes out; what follows starts at `next`.
  void Flush(uint32_t to) {
    if (run_ < to) out_.Append(script_.Slice({run_, to}));
  }
  void Skip(uint32_t to, uint32_t next) {
    Flush(to);
    i_ = run_ = next;
  }

  void Step(Quoting quoting) {
    const char c = text_[i_];
    if (c == '\\') return Escape(quoting);
    if (c == '$') return Dollar(quoting);
    if (c == '`') return Backticks();
    // A quote within "${x:-"..."}"; elsewhere the range ends before the closing one.
    if (c == '"' && quoting == Quoting::kDouble) return Skip(i_, i_ + 1);
    if (quoting == Quoting::kNone) {
      if (c == '\'') return SingleQuoted();
      if (c == '"') return DoubleQuoted(1);
      if ((c == '<' || c == '>') && Next(1) == '(') return Parentheses();
    }
    ++i_;
  }

  char Next(uint32_t n) const { return i_ + n < end_ ? text_[i_ + n] : '\0'; }

  // The end of what opens here; after some failures none is looked for, which keeps this linear.
  std::optional<uint32_t> Close() {
    if (shared_.failures >= kMaxFailures) return std::nullopt;
    const std::optional<uint32_t> end = SkipShellQuote(text_.substr(0, end_), i_);
    if (!end) ++shared_.failures;
    return end;
  }

  void Escape(Quoting quoting) {
    if (const size_t continuation = ShellContinuation(text_.substr(0, end_), i_)) {
      return Skip(i_, i_ + static_cast<uint32_t>(continuation));
    }
    if (i_ + 1 >= end_) {
      ++i_;
      return;
    }
    const char c = text_[i_ + 1];
    const bool removes = quoting == Quoting::kNone || c == '$' || c == '`' || c == '\\' ||
                         (c == '"' && quoting == Quoting::kDouble);
    if (removes) Skip(i_, i_ + 1);
    i_ += removes ? 1 : 2;
  }

  void SingleQuoted() {
    const size_t close = text_.substr(0, end_).find('\'', i_ + 1);
    if (close == std::string_view::npos) {
      ++i_;
      return;
    }
    Skip(i_, i_ + 1);
    Skip(static_cast<uint32_t>(close), static_cast<uint32_t>(close) + 1);
  }

  // `open` is the width of the opener: " or $".
  void DoubleQuoted(uint32_t open) {
    const std::optional<uint32_t> close = Close();
    if (!close) {
      ++i_;
      return;
    }
    Skip(i_, i_ + open);
    while (i_ < *close - 1) Step(Quoting::kDouble);
    Skip(*close - 1, *close);
  }

  void Dollar(Quoting quoting) {
    const char next = Next(1);
    if (next == '{') return Braces(quoting);
    if (next == '(') return Parentheses();
    if (quoting == Quoting::kNone && next == '\'') return AnsiC();
    if (quoting == Quoting::kNone && next == '"') return DoubleQuoted(2);
    const uint32_t length = ShellNameLength(text_.substr(0, end_), i_ + 1);
    if (length > 0) {
      return PutHole(i_ + 1 + length, std::string(text_.substr(i_ + 1, length)),
                     HoleOrigin::kEnvironment);
    }
    if (next != '\0' && (IsShellDigit(next) || next == '@' || next == '*')) {
      return PutHole(i_ + 2, std::string(1, next), HoleOrigin::kUnknown);
    }
    if (next != '\0' && std::string_view("#?-$!").find(next) != std::string_view::npos) {
      return PutHole(i_ + 2, std::string(1, next), HoleOrigin::kExpression);
    }
    ++i_;
  }

  void PutHole(uint32_t end, std::string name, HoleOrigin origin,
               std::shared_ptr<const Value> fallback = nullptr) {
    Flush(i_);
    Hole hole;
    hole.name = std::move(name);
    hole.origin = origin;
    hole.span = script_.ToSource({i_, end});
    hole.fallback = std::move(fallback);
    out_.Append(std::move(hole));
    i_ = run_ = end;
  }

  // `:0:4`, `: -4`, `::6`: too few characters for what a variable holds to be told.
  static bool IsShortPart(std::string_view range) {
    constexpr int kFew = 8;
    if (range.size() < 2 || range[0] != ':') return false;
    const size_t colon = range.find(':', 1);
    std::string_view count = range.substr(colon == range.npos ? 1 : colon + 1);
    while (count.starts_with(' ')) count.remove_prefix(1);
    if (colon == range.npos) {
      if (!count.starts_with('-')) return false;
      count.remove_prefix(1);
    }
    int number = 0;
    const char* end = count.data() + count.size();
    const auto [stop, error] = std::from_chars(count.data(), end, number);
    return error == std::errc() && stop == end && number <= kFew;
  }

  void PutWord(uint32_t end, const Value& word) {
    Flush(i_);
    out_.Append(word);
    i_ = run_ = end;
  }

  // ${name}, ${name:-word}, ${#name}, ${name%pattern} ...
  void Braces(Quoting quoting) {
    const std::optional<uint32_t> close = Close();
    if (!close) {
      ++i_;
      return;
    }
    uint32_t at = i_ + 2;
    const uint32_t last = *close - 1;
    HoleOrigin origin = HoleOrigin::kEnvironment;
    if (at < last && text_[at] == '#') origin = HoleOrigin::kExpression;  // a length
    if (at < last && text_[at] == '!') origin = HoleOrigin::kUnknown;     // a name in a variable
    if (origin != HoleOrigin::kEnvironment) ++at;
    uint32_t length = ShellNameLength(text_.substr(0, last), at);
    if (length == 0) {
      length = last > at ? 1 : 0;
      origin = HoleOrigin::kUnknown;
    }
    std::string name(text_.substr(at, length));
    at += length;
    std::shared_ptr<const Value> fallback;
    const bool colon = at < last && text_[at] == ':';
    const uint32_t op = at + (colon ? 1 : 0);
    if (op < last && (text_[op] == '-' || text_[op] == '=') && depth_ < kMaxFallbackDepth) {
      Reader inner(script_, shared_, depth_ + 1);
      fallback = std::make_shared<const Value>(inner.Read({op + 1, last}, quoting));
    } else if (op < last && depth_ < kMaxFallbackDepth) {
      Reader inner(script_, shared_, depth_ + 1);  // for the commands in it
      const Value word = inner.Read({op + 1, last}, quoting);
      // `${X:+word}` is the word and nothing of X; unquoted, it may become several.
      const bool single =
          quoting != Quoting::kNone || word.text().find_first_of(" \t\n") == std::string_view::npos;
      if (text_[op] == '+' && single) return PutWord(*close, word);
      if (IsShortPart(text_.substr(at, last - at)) ||
          text_.substr(at, last - at).starts_with("//?/")) {
        origin = HoleOrigin::kExpression;  // says as little as a length
      }
    }
    PutHole(*close, std::move(name), origin, std::move(fallback));
  }

  // $(command), <(command), >(command), $((arithmetic)).
  void Parentheses() {
    const std::optional<uint32_t> close = Close();
    if (!close) {
      ++i_;
      return;
    }
    const std::string_view whole = text_.substr(i_, *close - i_);
    if (whole.starts_with("$((") && whole.ends_with("))")) {
      return PutHole(*close, std::string(whole), HoleOrigin::kExpression);
    }
    const Span inner{i_ + 2, *close - 1};
    shared_.commands.push_back(script_.Slice(inner));
    PutHole(*close, std::string(text_.substr(inner.begin, inner.size())), HoleOrigin::kCommand);
  }

  void Backticks() {
    const std::optional<uint32_t> close = Close();
    if (!close) {
      ++i_;
      return;
    }
    // Within backticks \` \\ and \$ lose their backslash before the command is read.
    Value::Builder command;
    uint32_t from = i_ + 1;
    const uint32_t last = *close - 1;
    for (uint32_t i = from; i + 1 < last; ++i) {
      const char next = text_[i + 1];
      if (text_[i] != '\\' || (next != '`' && next != '\\' && next != '$')) continue;
      command.Append(script_.Slice({from, i}));
      from = ++i;
    }
    command.Append(script_.Slice({from, last}));
    Value inner = std::move(command).Build();
    std::string name(inner.text());
    shared_.commands.push_back(std::move(inner));
    PutHole(*close, std::move(name), HoleOrigin::kCommand);
  }

  // $'...'
  void AnsiC() {
    const std::optional<uint32_t> close = Close();
    if (!close) {
      ++i_;
      return;
    }
    Skip(i_, i_ + 2);
    const uint32_t last = *close - 1;
    while (i_ < last) {
      if (text_[i_] == '\\' && i_ + 1 < last) {
        AnsiEscape(last);
      } else {
        ++i_;
      }
    }
    Skip(last, *close);
  }

  void AnsiEscape(uint32_t last) {
    static constexpr std::string_view kLetters = "abeEfnrtv\\'\"?";
    static constexpr std::string_view kMeanings = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
    const char c = text_[i_ + 1];
    uint32_t at = i_ + 2;
    std::string decoded;
    if (const size_t letter = kLetters.find(c); letter != std::string_view::npos) {
      decoded = kMeanings[letter];
    } else if (c == 'x' || c == 'u' || c == 'U') {
      const uint32_t code = Digits(at, last, c == 'x' ? 2 : c == 'u' ? 4 : 8, 16);
      if (c == 'x') {
        decoded = static_cast<char>(code);
      } else {
        AppendUtf8(code, decoded);
      }
    } else if (c >= '0' && c <= '7') {
      --at;
      decoded = static_cast<char>(Digits(at, last, 3, 8));
    } else {
      i_ += 2;  // the backslash stays
      return;
    }
    Flush(i_);
    out_.AppendDecoded(decoded, script_.ToSource({i_, at}));
    i_ = run_ = at;
  }

  uint32_t Digits(uint32_t& at, uint32_t last, int most, int base) const {
    uint32_t code = 0;
    while (most-- > 0 && at < last && DigitValue(text_[at]) < base) {
      code = code * static_cast<uint32_t>(base) + static_cast<uint32_t>(DigitValue(text_[at++]));
    }
    return code;
  }

  const Value& script_;
  const std::string_view text_;
  Shared& shared_;
  const int depth_;
  uint32_t i_ = 0;
  uint32_t run_ = 0;  // where the literal text begins that has not gone out yet
  uint32_t end_ = 0;
  Value::Builder out_;
};

Value WithoutLeadingTabs(const Value& body) {
  const std::string_view text = body.text();
  Value::Builder out;
  uint32_t i = 0;
  while (i < text.size()) {
    while (i < text.size() && text[i] == '\t') ++i;
    const size_t newline = text.find('\n', i);
    const uint32_t end =
        newline == std::string_view::npos ? body.size() : static_cast<uint32_t>(newline) + 1;
    out.Append(body.Slice({i, end}));
    i = end;
  }
  return std::move(out).Build();
}

}  // namespace

ShellExpansion ReadShellWord(const Value& script, Span range) {
  ShellExpansion result;
  Shared shared{result.commands};
  result.value = Reader(script, shared, 0).Read(range, Quoting::kNone);
  return result;
}

ShellExpansion ReadShellHeredoc(const Value& script, Span body, bool expand, bool strip_tabs) {
  ShellExpansion result;
  Value text = script.Slice(body);
  if (strip_tabs) text = WithoutLeadingTabs(text);
  result.value = text;
  if (expand) {
    Shared shared{result.commands};
    result.value = Reader(text, shared, 0).Read({0, text.size()}, Quoting::kHeredoc);
  }
  return result;
}

}  // namespace oakum
