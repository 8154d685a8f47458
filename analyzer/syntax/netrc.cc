#include "analyzer/syntax/netrc.h"

#include <strings.h>

#include <string_view>
#include <utility>

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n";

class Parser {
 public:
  explicit Parser(const Value& in) : in_(in), text_(in.text()) {}

  NetrcText Parse() {
    while (SkipBlanks()) {
      if (text_[at_] == '#') {
        const size_t end = LineEnd(at_);
        out_.comments.push_back(Slice(at_, end));
        at_ = end;
      } else {
        Keyword(Next());
      }
    }
    return std::move(out_);
  }

 private:
  bool SkipBlanks() {
    at_ = text_.find_first_not_of(kBlanks, at_);
    if (at_ == kNone) at_ = text_.size();
    return at_ < text_.size();
  }

  size_t LineEnd(size_t from) const {
    const size_t end = text_.find_first_of("\r\n", from);
    return end == kNone ? text_.size() : end;
  }

  Value Slice(size_t begin, size_t end) const {
    return in_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  // REQUIRES: a non-blank at at_.
  NetrcToken Next() {
    NetrcToken token;
    const size_t begin = at_;
    token.quoted = text_[at_] == '"' && ClosingQuote(at_ + 1) != kNone;
    const size_t inside = at_ + (token.quoted ? 1 : 0);
    size_t end = token.quoted ? ClosingQuote(inside) : UnquotedEnd(inside);
    token.value = Unescaped(inside, end);
    at_ = token.quoted ? end + 1 : end;
    token.span = in_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)});
    return token;
  }

  // A quote that is not closed on its line is an ordinary byte.
  size_t ClosingQuote(size_t at) const {
    for (; at < text_.size() && text_[at] != '\n'; ++at) {
      if (text_[at] == '\\') {
        ++at;
      } else if (text_[at] == '"') {
        return at;
      }
    }
    return kNone;
  }

  size_t UnquotedEnd(size_t at) const {
    while (at < text_.size() && kBlanks.find(text_[at]) == kNone) {
      at += text_[at] == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n' ? 2 : 1;
    }
    return at;
  }

  Value Unescaped(size_t begin, size_t end) const {
    if (text_.substr(begin, end - begin).find('\\') == kNone) return Slice(begin, end);
    Value::Builder out;
    for (size_t at = begin; at < end;) {
      if (text_[at] == '\\' && at + 1 < end) ++at;
      const size_t next = std::min(text_.find('\\', at + 1), end);
      out.Append(Slice(at, next));
      at = next;
    }
    return std::move(out).Build();
  }

  static bool Is(const NetrcToken& token, std::string_view keyword) {
    const std::string_view text = token.value.text();
    return !token.quoted && text.size() == keyword.size() &&
           strncasecmp(text.data(), keyword.data(), keyword.size()) == 0;
  }

  void Keyword(NetrcToken token) {
    if (Is(token, "machine") || Is(token, "default")) return Entry(token);
    if (Is(token, "macdef")) return Macro();
    std::optional<NetrcToken>* field = nullptr;
    if (in_entry_) {
      NetrcEntry& entry = out_.entries.back();
      if (Is(token, "login") || Is(token, "user")) field = &entry.login;
      if (Is(token, "password")) field = &entry.password;
      if (Is(token, "account")) field = &entry.account;
    }
    if (!field) {
      out_.unknown.push_back(std::move(token));
      return;
    }
    NetrcEntry& entry = out_.entries.back();
    entry.span = Span::Cover(entry.span, token.span);
    if (!SkipBlanks()) return;
    *field = Next();
    entry.span = Span::Cover(entry.span, (*field)->span);
  }

  void Entry(const NetrcToken& keyword) {
    NetrcEntry entry;
    entry.is_default = Is(keyword, "default");
    entry.keyword = entry.span = keyword.span;
    if (!entry.is_default && SkipBlanks()) {
      entry.machine = Next();
      entry.span = Span::Cover(entry.span, entry.machine.span);
    }
    out_.entries.push_back(std::move(entry));
    in_entry_ = true;
  }

  // `macdef NAME`, then lines up to an empty one.
  void Macro() {
    NetrcMacro macro;
    if (SkipBlanks()) macro.name = Next();
    const size_t begin = at_;
    size_t line = LineEnd(at_);
    while (line < text_.size()) {
      line += text_.substr(line).starts_with("\r\n") ? 2 : 1;
      const size_t end = LineEnd(line);
      if (text_.find_first_not_of(" \t", line) >= end && end < text_.size()) {
        macro.terminated = true;
        break;
      }
      line = end;
    }
    macro.body = in_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(line)});
    out_.macros.push_back(std::move(macro));
    at_ = line;
    in_entry_ = false;
  }

  const Value& in_;
  const std::string_view text_;
  size_t at_ = 0;
  bool in_entry_ = false;
  NetrcText out_;
};

}  // namespace

NetrcText ParseNetrc(const Value& text) {
  return Parser(text).Parse();
}

}  // namespace oakum
