// Text of a file made safe to show on a terminal.
//
// A path, a name or a quoted line may hold anything; nothing of it may move the cursor, change
// colours or reverse the reading order.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oakum {

// `text` with control characters, bidirectional controls and bytes that are no UTF-8 replaced by
// U+FFFD, one for one. Tabs are kept.
std::string Plain(std::string_view text);

// Columns that `text` takes up on a terminal: 0 for combining marks, 2 for wide East Asian
// characters and emoji, `kTabWidth` for a tab.
uint32_t DisplayWidth(std::string_view text);

inline constexpr uint32_t kTabWidth = 4;

// `text` with every tab as kTabWidth spaces.
std::string ExpandTabs(std::string_view text);

}  // namespace oakum
