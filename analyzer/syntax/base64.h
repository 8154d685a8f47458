// base64 whose decoded bytes still know where they stand: the data of a Kubernetes Secret.
//
// Every three decoded bytes map to the four characters that gave them. Blanks and line ends between
// the characters are passed over, as in the block scalars that long values are written in.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>

#include "analyzer/base/value.h"

namespace oakum {

// None if the text has a hole or is not base64 (RFC 4648 section 4, with padding).
std::optional<Value> DecodeBase64(const Value& text);

}  // namespace oakum
