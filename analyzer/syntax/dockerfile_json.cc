#include "analyzer/syntax/dockerfile_json.h"

#include <optional>
#include <string>
#include <utility>

#include "analyzer/syntax/go_text.h"
#include "analyzer/syntax/utf8.h"

namespace oakum {
namespace {

constexpr size_t kMaxDepth = 10000;  // encoding/json's own limit

class Scanner {
 public:
  explicit Scanner(const MappedText& text) : mapped_(text), text_(text.text()) {}

  DockerJson Run() {
    DockerJson result;
    SkipBlanks();
    if (!Take('[')) return {};
    SkipBlanks();
    bool other = false;
    if (!Take(']')) {
      do {
        SkipBlanks();
        if (Peek() == '"') {
          std::optional<MappedText> element = TakeString();
          if (!element) return {};
          result.strings.push_back(*std::move(element));
        } else {
          other = true;
          if (!SkipValue()) return {};
        }
        SkipBlanks();
      } while (Take(','));
      if (!Take(']')) return {};
    }
    SkipBlanks();
    if (at_ != text_.size()) return {};
    result.kind = other ? DockerJson::Kind::kOtherType : DockerJson::Kind::kStrings;
    return result;
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool Take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += static_cast<uint32_t>(word.size());
    return true;
  }
  void SkipBlanks() {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r' || Peek() == '\n') ++at_;
  }
  bool TakeDigits() {
    const uint32_t begin = at_;
    while (IsGoDigit(static_cast<unsigned char>(Peek()))) ++at_;
    return at_ > begin;
  }

  bool SkipNumber() {
    Take('-');
    if (!Take('0') && !TakeDigits()) return false;
    if (Take('.') && !TakeDigits()) return false;
    if (!Take('e') && !Take('E')) return true;
    if (!Take('+')) Take('-');
    return TakeDigits();
  }

  // Any value, with a stack of the brackets that are open.
  bool SkipValue() {
    std::string open;
    for (;;) {
      SkipBlanks();
      if (Peek() == '[' || Peek() == '{') {
        open += Peek();
        ++at_;
        if (open.size() > kMaxDepth) return false;
        SkipBlanks();
        const bool closed = Take(open.back() == '[' ? ']' : '}');
        if (!closed) {
          if (open.back() == '{' && !SkipKey()) return false;
          continue;
        }
        open.pop_back();
      } else if (Peek() == '"') {
        if (!TakeString()) return false;
      } else if (!Take("true") && !Take("false") && !Take("null") && !SkipNumber()) {
        return false;
      }
      if (!SkipClosing(open)) return false;
      if (open.empty()) return true;
    }
  }

  // What may follow a value: closing brackets, or a comma (and a key) before the next value.
  bool SkipClosing(std::string& open) {
    while (!open.empty()) {
      SkipBlanks();
      if (Take(',')) return open.back() == '[' || SkipKey();
      if (!Take(open.back() == '[' ? ']' : '}')) return false;
      open.pop_back();
    }
    return true;
  }

  bool SkipKey() {
    SkipBlanks();
    if (!TakeString()) return false;
    SkipBlanks();
    return Take(':');
  }

  std::optional<MappedText> TakeString() {
    if (!Take('"')) return std::nullopt;
    const uint32_t first = at_;
    MappedText::Builder out;
    bool plain = true;
    uint32_t run = at_;  // of bytes that stand for themselves
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
      if (c == '"') {
        const uint32_t end = at_++;
        if (plain) return mapped_.Slice({first, end});
        out.Append(mapped_.Slice({run, end}));
        return std::move(out).Build();
      }
      if (c != '\\') {
        ++at_;
        continue;
      }
      plain = false;
      out.Append(mapped_.Slice({run, at_}));
      const uint32_t begin = at_;
      std::string decoded;
      if (!TakeEscape(decoded)) return std::nullopt;
      out.AppendDecoded(decoded, mapped_.ToSource({begin, at_}));
      run = at_;
    }
    return std::nullopt;
  }

  bool TakeEscape(std::string& out) {
    ++at_;
    const char c = Peek();
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        out += c;
        return true;
      case 'b':
        out += '\b';
        return true;
      case 'f':
        out += '\f';
        return true;
      case 'n':
        out += '\n';
        return true;
      case 'r':
        out += '\r';
        return true;
      case 't':
        out += '\t';
        return true;
      case 'u':
        break;
      default:
        return false;
    }
    std::optional<char32_t> unit = TakeHex();
    if (!unit) return false;
    if (*unit >= 0xd800 && *unit <= 0xdfff) {
      const uint32_t back = at_;
      std::optional<char32_t> low;
      if (*unit < 0xdc00 && Take("\\u")) low = TakeHex();
      if (low && *low >= 0xdc00 && *low <= 0xdfff) {
        unit = 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
      } else {
        at_ = back;
        unit = kReplacementRune;
      }
    }
    out += Utf8(*unit);
    return true;
  }

  std::optional<char32_t> TakeHex() {
    char32_t value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const int digit = HexDigit(Peek());
      if (digit < 0) return std::nullopt;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    return value;
  }

  const MappedText& mapped_;
  const std::string_view text_;
  uint32_t at_ = 0;
};

}  // namespace

DockerJson ParseDockerJson(const MappedText& text) {
  if (TrimGoSpace(text).text().substr(0, 1) != "[") return {};
  return Scanner(text).Run();
}

}  // namespace oakum
