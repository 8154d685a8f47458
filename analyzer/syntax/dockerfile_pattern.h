// The glob patterns of `${name#p}`, `${name%p}` and `${name/p/r}` in Dockerfile words: `*`, `?`,
// backslash escapes of those and of the backslash, and no brackets.
//
// Matching is a simulation of all states at once: linear in pattern times text, with a budget.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/base/result.h"
#include "analyzer/base/span.h"

namespace oakum {

// The range of `text` that `${text#pattern}` (`##` if `longest`) keeps.
Result<Span> TrimDockerPrefix(std::string_view text, std::string_view pattern, bool longest);
// The same for `%` and `%%`.
Result<Span> TrimDockerSuffix(std::string_view text, std::string_view pattern, bool longest);
// `${text/pattern/replacement}`, or `//` if `all`.
Result<std::string> ReplaceDockerPattern(std::string_view text, std::string_view pattern,
                                         std::string_view replacement, bool all);

}  // namespace oakum
