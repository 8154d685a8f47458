// What one GitHub Actions expression can yield: which secret, which other reference, which literal.
//
// The grammar is the runner's (literals, contexts with `.name` and `['name']`, functions, `!`,
// comparisons, `&&`, `||`, parentheses). Nothing is evaluated: every operand that may become the
// result is a candidate.
//
// Errors: text that is no expression yields what was understood up to there; nesting beyond a fixed
// depth is not followed. Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"

namespace oakum {

struct GithubResult {
  std::string name;     // "secrets.PAT", "github.sha"; the whole expression if nothing is named
  bool secret = false;  // the result may be a secret's text
  bool named = false;   // some context is part of the result
  // The first string literal that may be the result, unquoted, and where it stands (inside its
  // quotes) in the expression.
  std::optional<std::string> literal;
  Span literal_span;
};

// `expression` is the text between `${{` and `}}`, or the whole of an `if:`.
GithubResult ReadGithubExpression(std::string_view expression);

}  // namespace oakum
