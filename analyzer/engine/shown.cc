#include "analyzer/engine/shown.h"

#include <algorithm>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/redact.h"

namespace oakum {

namespace {

// A shorter text is too likely to be a part of something harmless.
constexpr size_t kShortestRepeat = 6;

bool IsWord(char c) {
  return IsAlnum(c) || c == '_';
}

// `text` with every `secret` that is no part of a longer word replaced.
void Replace(std::string& text, std::string_view secret) {
  for (size_t at = text.find(secret); at != text.npos;) {
    const size_t end = at + secret.size();
    const bool part = (at > 0 && IsWord(text[at - 1]) && IsWord(secret.front())) ||
                      (end < text.size() && IsWord(text[end]) && IsWord(secret.back()));
    if (part) {
      at = text.find(secret, at + 1);
    } else {
      text.replace(at, secret.size(), kRedacted);
      at = text.find(secret, at + kRedacted.size());
    }
  }
}

// Only plain literals: a reference is a name. A password that is a plain word ("postgres") may be
// the name of what the message is about as well.
std::vector<std::string_view> TextsOf(const Finding& finding) {
  std::vector<std::string_view> texts;
  for (const Location& secret : finding.secrets) {
    if (!secret.source || secret.span.size() < kShortestRepeat) continue;
    const std::string_view text =
        secret.source->text().substr(secret.span.begin, secret.span.size());
    const bool word = std::all_of(text.begin(), text.end(), IsLower);
    if (!word && text.find_first_of("${<") == text.npos) texts.push_back(text);
  }
  return texts;
}

}  // namespace

std::string ShownPath(std::string_view path) {
  return RedactText(path);
}

void HideSecrets(Finding& finding) {
  const std::vector<std::string_view> secrets = TextsOf(finding);
  auto hide = [&secrets](std::string& text) {
    text = RedactText(text);
    for (std::string_view secret : secrets) Replace(text, secret);
  };
  hide(finding.message);
  hide(finding.label);
  hide(finding.help);
  hide(finding.anchor);
  for (Step& step : finding.steps) hide(step.text);
  for (Step& step : finding.related) hide(step.text);
  for (Fix& fix : finding.fixes) {
    fix.title = RedactText(fix.title);
    for (Edit& edit : fix.edits) edit.replacement = RedactText(edit.replacement);
  }
}

}  // namespace oakum
