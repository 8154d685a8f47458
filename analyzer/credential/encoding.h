// The encodings that credentials are wrapped in.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oakum {

// %XX replaced; anything else, a lone '%' included, kept.
std::string PercentDecode(std::string_view text);

// Standard or URL-safe base64, with or without padding; none if a byte is in neither alphabet or
// the length is impossible. Final bits that do not fill a byte are dropped.
std::optional<std::string> Base64Decode(std::string_view text);

}  // namespace oakum
