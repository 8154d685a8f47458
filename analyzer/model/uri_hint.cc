#include "analyzer/model/uri_hint.h"

#include <algorithm>
#include <string_view>

#include "analyzer/base/literal_set.h"
#include "analyzer/model/telling_uri.h"

namespace oakum {

namespace {

// How far after `://` its `@` may stand: an assembled URI has expressions and lines between.
constexpr size_t kWindow = 300;

// Whether an `@` stands in some string where a login ends: "@", "user:password@", "u:p@host".
bool HasLogin(std::string_view text) {
  constexpr size_t kLongest = 128;
  for (size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    const std::string_view before =
        text.substr(at - std::min(at, kLongest), std::min(at, kLongest));
    const size_t quote = before.find_last_of("\"' \t\n");
    if (quote == before.npos || (before[quote] != '"' && before[quote] != '\'')) continue;
    const std::string_view login = before.substr(quote + 1);
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool ends = next == '"' || next == '\'' || next == '\\';
    if (ends || login.find(':') != login.npos || (login.empty() && next == '{')) return true;
  }
  return false;
}

}  // namespace

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [text](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

bool HasAtSign(std::string_view window) {
  bool line_start = false;
  char before = '/';
  for (const char c : window) {
    if (c == '@' && before != '/' && !line_start) return true;  // nor https://host/@scope
    before = c;
    if (c == '\n') {
      line_start = true;
    } else if (c != ' ' && c != '\t') {
      line_start = false;
    }
  }
  return false;
}

bool MayAssembleUriCredential(std::string_view text) {
  for (size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    const std::string_view after = text.substr(at + 3, 2);
    const bool assembled = !after.empty() && (after.find_first_of("\"'") != after.npos ||
                                              after[0] == '{' || after[0] == '%');
    if (assembled) return HasLogin(text);
  }
  return false;
}

bool MayHoldEscapedUri(std::string_view text) {
  static const LiteralSet marks(kUriMarks);
  bool found = false;
  marks.Each(text, [text, &found](size_t mark, size_t at) {
    found = mark == 0 ? HidesAuthority(text, at + kUriMarks[0].size()) : IsTellingEscape(text, at);
    return !found;
  });
  return found;
}

bool MayHoldUriCredential(std::string_view text, std::string_view ends) {
  for (size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::string_view window = text.substr(at + 3, kWindow);
    window = window.substr(0, window.find_first_of(ends));
    if (HasAtSign(window)) return true;
    // The ends of words, so that case does not matter: Token=, apiKey=, X-Amz-Signature=, sig=.
    if (ContainsAny(window, {"oken=", "ey=", "ignature=", "ig=", "ecret=", "assword=", "pass=",
                             "pwd=", "auth=", "/t/", "hp_", "lpat-", "hf_"})) {
      return true;
    }
  }
  return false;
}

bool MentionsRuntimeEnv(std::string_view text) {
  return ContainsAny(
      text, {"runtime_env", "RuntimeEnv", "RUNTIME_ENV", "working_dir", "py_modules", "java_jars"});
}

}  // namespace oakum
