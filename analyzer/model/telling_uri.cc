#include "analyzer/model/telling_uri.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "analyzer/base/ascii.h"
#include "analyzer/base/byte_set.h"
#include "analyzer/model/uri_hint.h"

namespace oakum {

namespace {

constexpr size_t kMaxUri = 4096;
// How far after the string in which a URI begins its "@" may stand.
constexpr size_t kWindow = 300;

// Whether a query that begins at `query` ("?a=b&c=d") names a parameter that CredentialsIn()
// (credential/uri_credentials.h) looks at, or is put together elsewhere.
bool IsTellingQuery(std::string_view query) {
  static constexpr std::string_view kNames[] = {"tok", "key",  "sec", "sig",  "pas",
                                                "pwd", "auth", "bea", "code", "sas"};
  if (query.size() < 2) return true;
  for (size_t begin = 1; begin < query.size();) {
    const size_t end = std::min(query.find_first_of("&;", begin), query.size());
    const std::string_view parameter = query.substr(begin, end - begin);
    // Behind an escape, "\u0026" of Go's JSON, the next one may begin.
    const bool escaped = parameter.find('\\') != parameter.npos;
    const std::string name =
        ToLower(escaped ? parameter : parameter.substr(0, parameter.find('=')));
    const bool told =
        name.find('%') != name.npos ||
        std::any_of(std::begin(kNames), std::end(kNames),
                    [&name](std::string_view part) { return name.find(part) != name.npos; });
    if (told || parameter.find_first_of("${") != parameter.npos) return true;
    begin = end + 1;
  }
  return false;
}

bool IsQuote(char c) {
  return c == '"' || c == '\'';
}

// In a program the end of a string; elsewhere, and within a word, a character of a password.
bool EndsAtApostrophe(std::string_view text, size_t at) {
  static constexpr ByteSet kAfterString(" \t\r\n+%,;)]}:\\\"'<>");
  return at + 1 == text.size() || kAfterString.Has(text[at + 1]);
}

// The bytes from `begin` on that may belong to the URI.
std::string_view RunAt(std::string_view text, size_t begin, UriText as) {
  static constexpr ByteSet kStops(
      "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
      "\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f \"'<>\\:");
  text = text.substr(begin, kMaxUri);
  // A URI may name another in its path or query; a longer chain is looked at from its own marks, so
  // that none is read over and over.
  int marks = 0;
  size_t end = kStops.FirstIn(text);
  for (; end < text.size(); end = kStops.FirstIn(text, end + 1)) {
    const char c = text[end];
    if (c == ':') {
      if (text.substr(end, 3) == "://" && ++marks > 2) break;
    } else if (c == '\\') {
      // "\n" in a string is no part of a URI; what other escapes are is not told here.
      const char next = end + 1 < text.size() ? text[end + 1] : '\n';
      if (as == UriText::kProse) continue;
      if (next == 'n' || next == 'r' || next == 't') break;
      if (IsQuote(next)) ++end;
    } else if (c != '\'' || EndsAtApostrophe(text, end)) {
      break;
    }
  }
  return text.substr(0, end);
}

// "@" as an escape of JSON, YAML, TOML or Python.
bool HasEscapedAt(std::string_view authority) {
  if (authority.find('\\') == authority.npos) return false;
  return ContainsAny(authority, {"\\u0040", "\\x40", "\\U00000040", "\\100", "\\N{"});
}

// Whether a quote stands before a place in its line.
bool IsAfterQuote(std::string_view text, size_t at) {
  constexpr size_t kLongest = 1024;
  const std::string_view before = text.substr(at - std::min(at, kLongest), std::min(at, kLongest));
  const size_t mark = before.find_last_of("\"'\n");
  return mark != before.npos && before[mark] != '\n';
}

// Whether a line goes on in the next: "https://u:\<newline>.
bool IsFolded(std::string_view text) {
  return text.size() > 1 && text[0] == '\\' && (text[1] == '\n' || text[1] == '\r');
}

bool HasAtInNextLine(std::string_view folded) {
  const size_t next = std::min(folded.find_first_not_of(" \t\r\n", 1), folded.size());
  const std::string_view line = folded.substr(next);
  return line.starts_with('@') || HasAtSign(line);
}

// Whether a string that ends at `end`, within a URI's authority, is only the first part of it.
bool GoesOn(std::string_view text, size_t end, std::string_view authority, UriText as) {
  static constexpr ByteSet kBetween(" \t\r\n\"'\\");
  const std::string_view rest = text.substr(end, kWindow);
  if (authority.ends_with('\\') && end > 0 && IsFolded(text.substr(end - 1, 2))) {
    return HasAtInNextLine(text.substr(end - 1, kWindow));
  }
  const bool quoted = (!rest.empty() && IsQuote(rest[0])) || authority.ends_with('"') ||
                      authority.ends_with('\'') || authority.ends_with("\\\"");
  if (!quoted) return false;
  if (as == UriText::kData) {
    // A word of a shell: https://user:"$PASSWORD"@host.
    return rest.size() > 1 && (IsAlnum(rest[1]) || rest[1] == '$' || IsQuote(rest[1])) &&
           HasAtSign(rest.substr(0, rest.find_first_of(" \t\n")));
  }
  size_t next = 0;
  // Of strings of the program: those of a notebook's JSON have no backslash.
  size_t quotes = authority.ends_with('"') ? 1 : 0;
  while (next < rest.size() &&
         (kBetween.Has(rest[next]) || (next > 0 && rest[next] == 'n' && rest[next - 1] == '\\') ||
          (as == UriText::kNotebook && rest[next] == ','))) {
    const bool json =
        as == UriText::kNotebook && rest[next] == '"' && (next == 0 || rest[next - 1] != '\\');
    if (IsQuote(rest[next]) && !json) ++quotes;
    ++next;
  }
  if (next == rest.size()) return false;
  const size_t colon = authority.find(':');
  const bool user = colon != authority.npos && colon + 1 < authority.size()
                        ? !IsDigit(authority[colon + 1])
                        : colon != authority.npos;
  const bool joined = rest[next] == '+' || rest[next] == '%' || quotes > 1 ||
                      (next + 2 < rest.size() && IsAlpha(rest[next]) &&
                       (IsQuote(rest[next + 1]) || IsQuote(rest[next + 2])));
  return (joined || user) && HasAtSign(rest);
}

}  // namespace

bool IsTellingUri(std::string_view text, size_t begin, UriText as) {
  const bool assembled = as != UriText::kProse;
  const std::string_view uri = RunAt(text, begin, as);
  if (assembled && begin + uri.size() < text.size()) {
    if (uri.empty() && IsQuote(text[begin])) return true;
    if (uri.starts_with("\\\"")) return true;
  }
  static constexpr ByteSet kEndsAuthority("/?#");
  const size_t authority_end = kEndsAuthority.FirstIn(uri);
  const std::string_view authority = uri.substr(0, authority_end);
  if (authority.find('@') != uri.npos) return true;
  static constexpr ByteSet kBeginsReference("${");
  if (assembled && (authority.find('%') != uri.npos || kBeginsReference.FirstIn(uri) < uri.size() ||
                    HasEscapedAt(authority))) {
    return true;
  }
  const std::string_view rest = uri.substr(authority_end);
  const size_t end = begin + uri.size();
  const bool cut = rest.empty() && end < text.size() && text[end] == '\'';
  if ((cut || authority.find('\\') != uri.npos) && HidesAuthority(text, begin)) return true;
  if (assembled && rest.empty() && GoesOn(text, end, authority, as)) return true;
  // A password with a raw '/'; "https://host/@scope" is none.
  if (authority.find(':') != uri.npos && rest.find('@') != uri.npos) return true;
  if (rest.find("/t/") != uri.npos) return true;
  if (authority.ends_with("fury.io") || authority.ends_with("cloudsmith.io")) return true;
  const size_t query = rest.find('?');
  return query != uri.npos && IsTellingQuery(rest.substr(query, rest.find('#', query) - query));
}

bool IsTellingEscape(std::string_view text, size_t begin) {
  // Bytes that are all written as escapes are no URI.
  const char before_mark = begin == 0 ? ' ' : text[begin - 1];
  const char last = text[begin + 1] == '\\' ? ':' : text[begin + (text[begin + 1] == 'x' ? 3 : 5)];
  const bool slash = last == 'f' || last == 'F';
  if (slash && before_mark != ':' && before_mark != '/') return false;
  // Escapes are those of quoted strings; a regular expression of YAML may be none.
  if (!IsAfterQuote(text, begin)) return false;
  text = text.substr(0, begin + 2 * kWindow);
  const auto is = [&](size_t at, std::string_view mark) {
    return text.substr(at, mark.size()) == mark;
  };
  // To the end of what may be "://".
  size_t slashes = begin > 0 && text[begin - 1] == '/' ? 1 : 0;
  for (size_t at = begin; at < text.size();) {
    const size_t before = at;
    if (is(at, ":")) ++at;
    for (std::string_view mark : kUriMarks) {
      if (mark[0] != '\\' || !is(at, mark)) continue;
      slashes += mark.back() == 'f' || mark.back() == 'F';
      at += mark.size();
    }
    if (is(at, "/") || is(at, "\\/")) {
      at += is(at, "/") ? 1 : 2;
      ++slashes;
    }
    if (slashes >= 2) return IsTellingUri(text, at, UriText::kProse) || HidesAuthority(text, at);
    if (at == before) break;
  }
  return false;
}

bool HidesAuthority(std::string_view text, size_t begin) {
  const std::string_view after = text.substr(begin, kWindow);
  const size_t end = std::min(after.find_first_of("/?# \t\r\n\""), after.size());
  const std::string_view authority = after.substr(0, end);
  const size_t escape = authority.find_first_of("\\'");
  if (escape == authority.npos || !IsAfterQuote(text, begin)) return false;
  const std::string_view rest = after.substr(escape);
  if (IsFolded(rest)) return HasAtInNextLine(rest);
  // "''" for an apostrophe in YAML, `\"` for a quote.
  if (rest[0] != '\\' && !rest.starts_with("''")) return false;
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n"));
  return HasEscapedAt(authority) || HasAtSign(word.substr(0, word.find("\\n")));
}

}  // namespace oakum
