// Words that look generated, wherever they stand: a password on a neighbouring command, in a
// comment or behind a name that tells nothing.
//
// For masking alone, so generous: letters and digits alternate as they do in no identifier, version
// or file name, or a '!' stands among them. Digests, paths and the names in an ARN are none.
//
// Thread-safety: pure functions. Linear in the text.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

// In order, without overlaps.
std::vector<Span> GeneratedWords(std::string_view text);

}  // namespace oakum
