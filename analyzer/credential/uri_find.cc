// Where a URI in free text ends: right for prose, Markdown, XML, shell and program text.

#include <algorithm>
#include <string_view>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/uri.h"
#include "analyzer/credential/uri_syntax.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr size_t kLongestScheme = 40;

bool IsQuote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

// One URI of a text in which `begin` is the first byte after "://".
class Extent {
 public:
  Extent(const Value& value, size_t scheme, size_t begin)
      : value_(value), text_(value.text()), begin_(begin) {
    if (scheme > 0 && IsQuote(text_[scheme - 1])) quote_ = text_[scheme - 1];
    whole_ = scheme == 0;
  }

  size_t End() const {
    const size_t run = RunEnd();
    const std::string_view bounded = text_.substr(0, run);
    // Only the userinfo may hold anything; what follows it is held to the alphabet of URIs.
    const size_t authority_end = AuthorityEnd(bounded, begin_);
    const size_t at = bounded.substr(begin_, authority_end - begin_).rfind('@');
    const size_t host = at == npos ? begin_ : begin_ + at + 1;
    return TrimEnd(host, SoftEnd(host, authority_end, run));
  }

 private:
  bool IsHole(size_t i) const { return value_.HoleAt(static_cast<uint32_t>(i)) != nullptr; }

  // The end of the bytes that may belong to the URI at all.
  size_t RunEnd() const {
    for (size_t i = begin_; i < text_.size(); ++i) {
      const char c = text_[i];
      const auto byte = static_cast<unsigned char>(c);
      if (byte == 0x7f || byte < 0x20 ? !IsHole(i) : byte == ' ') return i;
      if (quote_ ? c == quote_ : (IsQuote(c) || byte >= 0x80) && !IsInPassword(i)) return i;
      if (c == '<' || c == '>' || c == '\\') return i;
      if (c == ':' && text_.substr(i, 3) == "://") return NestedScheme(i);
    }
    return text_.size();
  }

  // Whether a byte that ends most URIs is one of a password that people type: a letter of their
  // own, an apostrophe within a word. The password has begun, and its '@' comes.
  bool IsInPassword(size_t i) const {
    constexpr size_t kLongest = 256;
    const std::string_view before = text_.substr(begin_, i - begin_);
    if (before.size() > kLongest || before.find(':') == npos) return false;
    if (before.find_first_of("/?#@") != npos) return false;
    if (text_[i] == '\'' && !whole_ && i + 1 < text_.size()) {
      static constexpr std::string_view kAfterString = ",;)]}:+'";
      if (kAfterString.find(text_[i + 1]) != npos) return false;
    }
    const std::string_view rest = text_.substr(i, kLongest);
    const auto end = std::find_if_not(rest.begin(), rest.end(), [this](char c) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '`') return whole_;
      // Not the punctuation of other scripts, which begins with E2 and above.
      return byte > ' ' && byte < 0xe2 && c != '<' && c != '>' && c != '/' && c != '@';
    });
    return end != rest.end() && *end == '@';
  }

  // Another URI starts inside this one: https://a,https://b, /web/https://c.
  size_t NestedScheme(size_t colon) const {
    size_t begin = colon;
    while (begin > begin_ && IsSchemeChar(text_[begin - 1])) --begin;
    return begin;
  }

  size_t SoftEnd(size_t host, size_t authority_end, size_t run) const {
    int open_round = 0;
    int open_square = 0;
    int open_curly = 0;
    const auto closes = [](int& open) { return --open < 0; };
    for (size_t i = host; i < run; ++i) {
      switch (text_[i]) {
        case '(':
          if (i < authority_end && !(i > host && text_[i - 1] == '$')) return i;
          ++open_round;
          break;
        case ')':
          if (closes(open_round)) return i;
          break;
        case '[':
          ++open_square;
          break;
        case ']':
          if (closes(open_square)) return i;
          break;
        case '{':
          ++open_curly;
          break;
        case '}':
          if (closes(open_curly)) return i;
          break;
        case '|':
        case '"':
        case '`':
          return i;
        case ';':
        case '&':
        case '\'':
          if (i < authority_end || StartsEntity(i)) return i;
          break;
        default:
          if (static_cast<unsigned char>(text_[i]) >= 0x80) return i;
      }
    }
    return run;
  }

  // &quot; &gt; &lt; &#39; &apos; end a URI that stands in HTML or XML; &amp; does not.
  bool StartsEntity(size_t i) const {
    if (text_[i] != '&') return false;
    const std::string_view rest = text_.substr(i + 1, 5);
    return rest.starts_with("quot;") || rest.starts_with("gt;") || rest.starts_with("lt;") ||
           rest.starts_with("apos;") || rest.starts_with('#');
  }

  // Punctuation that closes the sentence or the emphasis, not the URI.
  size_t TrimEnd(size_t from, size_t end) const {
    while (end > from && std::string_view(".,;:!?*'").find(text_[end - 1]) != npos) --end;
    return end;
  }

  const Value& value_;
  const std::string_view text_;
  const size_t begin_;
  char quote_ = 0;      // the quote right before the scheme, which then alone ends the URI
  bool whole_ = false;  // the text begins with the URI: a value, whose quotes are its own
};

// The start of the scheme that ends at `colon`, not before `limit`; npos if there is none.
size_t FindScheme(const Value& value, size_t colon, size_t limit) {
  const std::string_view text = value.text();
  const size_t lowest = std::max(limit, colon > kLongestScheme ? colon - kLongestScheme : 0);
  size_t begin = colon;
  while (begin > lowest && IsSchemeChar(text[begin - 1])) --begin;
  // The letter of an escape sequence: "\nhttps://".
  if (begin > 0 && begin < colon && text[begin - 1] == '\\') ++begin;
  while (begin < colon && !IsAlpha(text[begin])) ++begin;
  if (begin < colon) return begin;
  const bool hole = colon > limit && value.HoleAt(static_cast<uint32_t>(colon) - 1);
  return hole ? colon - 1 : npos;
}

}  // namespace

std::vector<Uri> FindUris(const Value& text) {
  std::vector<Uri> uris;
  const std::string_view all = text.text();
  size_t done = 0;
  for (size_t colon = all.find("://"); colon != npos; colon = all.find("://", colon + 3)) {
    const size_t scheme = FindScheme(text, colon, done);
    if (scheme == npos) continue;
    const size_t end = Extent(text, scheme, colon + 3).End();
    done = end;
    if (end <= colon + 3) continue;
    std::optional<Uri> uri =
        ParseUri(text.Slice({static_cast<uint32_t>(scheme), static_cast<uint32_t>(end)}));
    if (uri) uris.push_back(*std::move(uri));
  }
  return uris;
}

}  // namespace oakum
