// What a value is where its variables are unset: the text after `:-` in `${PASS:-text}`.
//
// Such a value is two at once, the variable's and the default's, and a secret in either is one. The
// default counts only where it stands in the reference itself: the value that an ARG has by
// default stands elsewhere, and whoever refers to it names that place.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/base/value.h"

namespace oakum {

// Whether some reference in `value` brings its own default, of text alone.
bool HasDefault(const Value& value);

// The value with those references replaced by their defaults; each part still maps to its bytes.
Value WithDefaults(const Value& value);

}  // namespace oakum
