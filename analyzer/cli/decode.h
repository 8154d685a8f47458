// The bytes of a file to the text that front ends read.
//
// UTF-16 with a byte-order mark becomes UTF-8. Everything else stays as it is: UTF-8 with or
// without a mark, Latin-1, bytes that are no valid text at all; front ends and outputs cope with
// those.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace oakum {

enum class TextKind {
  kPlain,   // unchanged
  kUtf16,   // transcoded
  kBinary,  // holds a NUL byte: no text
};

// Tells what `text` is. UTF-16 is transcoded into `storage` (unpaired surrogates become U+FFFD) and
// `text` then refers to that.
TextKind DecodeText(std::string_view& text, std::string& storage);

}  // namespace oakum
