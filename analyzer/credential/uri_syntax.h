// What parsing one URI and finding URIs in free text have in common.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace oakum {

// RFC 3986: ALPHA / DIGIT / "+" / "-" / "."
bool IsSchemeChar(char c);

// The end of the authority that begins at `begin`: the first '/', '?' or '#' after it, or the first
// one after its host where one of these stands raw in a password.
size_t AuthorityEnd(std::string_view text, size_t begin);

}  // namespace oakum
