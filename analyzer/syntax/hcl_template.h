// The smallest pieces of HCL: identifiers, how far a string or an expression in brackets goes, and
// the holes that references make.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

bool IsHclNameStart(char c);
// Letters, digits, `_` and `-`: the end of the identifier at `at`.
size_t HclNameEnd(std::string_view text, size_t at);

// Behind the string that begins at `at`, with the templates in it; the end of the line for one that
// is not closed.
size_t HclStringEnd(std::string_view text, size_t at);
// Behind the bracket that closes the one at `at`, strings and comments skipped; or the end.
size_t HclBracketEnd(std::string_view text, size_t at);
// Behind the comment at `at`; `at` itself if there is none.
size_t HclCommentEnd(std::string_view text, size_t at);

// `NAME`, `var.NAME`, `a.b`: no operator, no call.
bool IsHclReference(std::string_view expression);
// What an expression yields.
Hole HclHole(std::string_view expression, Span span);

}  // namespace oakum
