// Whether what follows a "://" can be a URI with a credential, by its bytes alone: the part of the
// gate before any parser (interest.h) that is asked at every URI of every file.
//
// The bytes are those of the file, so what its language makes of them has to be thought of: a URI
// that is put together from several strings or goes on in the next line, a "/" that JSON writes as
// "\/", an "@" that stands in an escape. The answer is yes where one of these may be; what the URI
// is, the front end of the language says.
//
// Thread-safety: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oakum {

enum class UriText : uint8_t {
  kProse,     // as it stands
  kData,      // escapes, templates and scripts: YAML, JSON, TOML, make
  kProgram,   // "https://" + host, "https://%s" % host, f"https://{host}"
  kNotebook,  // a program in the strings of JSON
};

// `begin` is the first byte after "://". Reads a bounded part of the text.
bool IsTellingUri(std::string_view text, size_t begin, UriText as);

// By which a URI is known: "://", and its bytes where some are written as escapes.
inline constexpr std::array<std::string_view, 10> kUriMarks = {
    "://", ":\\/", "\\u002f", "\\u002F", "\\u003a", "\\u003A", "\\x2f", "\\x2F", "\\x3a", "\\x3A",
};

// The same for one of the escaped marks at `begin`.
bool IsTellingEscape(std::string_view text, size_t begin);

// Whether an escape after the "://" that ends at `begin` may keep the credential from who reads the
// bytes: a quote or an "@" that is escaped, a line that goes on in the next.
bool HidesAuthority(std::string_view text, size_t begin);

}  // namespace oakum
