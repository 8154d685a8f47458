// The one way from a value that may hold a secret to text that may be shown.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/credential/uri.h"

namespace oakum {

inline constexpr std::string_view kRedacted = "[REDACTED]";

// "https://deploy:[REDACTED]@host/simple": every credential of the URI replaced, holes as ${name}.
std::string Redact(const Uri& uri);

// A text for people (a message, a path) with the userinfo secrets of its URIs and logins
// ("u:[REDACTED]@host", also without a scheme), their token queries and known tokens replaced.
std::string RedactText(std::string_view text);

// The byte ranges of `text` that may be secrets, judged by the text alone and generously: URI
// userinfo and token queries, known tokens, the value after password/token/Authorization keys and
// login flags, netrc passwords. For snippets and for anything else that quotes source text.
// Sorted, without overlaps.
std::vector<Span> SensitiveRanges(std::string_view text);

}  // namespace oakum
