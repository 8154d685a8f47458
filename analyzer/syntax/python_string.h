// The text of Python string literals.
//
// Decodes what stands between the quotes as CPython does (Language Reference 2.4.1): escapes, raw
// strings, bytes, line continuations, CRLF. Unknown escapes keep their backslash; \N{...} becomes
// U+FFFD, since names of characters are not known here.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

struct PyStringPrefix {
  bool raw = false;
  bool bytes = false;
  bool format = false;
};

// From a literal's opening (`rb'''`).
PyStringPrefix StringPrefix(std::string_view opening);

// `range` of `text` decoded; in a format string {{ and }} are braces.
Value DecodeString(const Value& text, Span range, PyStringPrefix prefix);

}  // namespace oakum
