#include "analyzer/model/uri_hint.h"

#include <algorithm>
#include <string_view>

namespace oakum {

namespace {

// How far after `://` its `@` may stand: an assembled URI has expressions and lines between.
constexpr size_t kWindow = 300;

bool HasAt(std::string_view window) {
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

}  // namespace

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [text](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

bool MayHoldUriCredential(std::string_view text, std::string_view ends) {
  for (size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::string_view window = text.substr(at + 3, kWindow);
    window = window.substr(0, window.find_first_of(ends));
    if (HasAt(window)) return true;
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
