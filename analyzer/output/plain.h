// Names and messages made safe to show on a terminal.
//
// A path or a name may hold anything; nothing of it may move the cursor, change colours or reverse
// the reading order. Quoted lines have their own way (engine/snippet.h).
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace oakum {

// `text` with control characters, bidirectional controls and bytes that are no UTF-8 replaced by
// U+FFFD, one for one. Line ends are control characters too.
std::string Plain(std::string_view text);

}  // namespace oakum
