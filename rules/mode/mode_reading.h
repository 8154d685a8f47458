// Which modes OAK305 speaks of: the rules on what a mode permits leave those alone.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/model/facts.h"

namespace oakum {

// Decimals in range that nobody writes for their own sake: 400, 440, 444.
bool IsDecimalTrap(std::string_view lexeme);

// Whether the mode at this place is not the one that its author sees there.
bool IsMistakenMode(const Facts& facts, Span mode);

// "rw-r-----"
std::string ModeBits(int64_t mode);

}  // namespace oakum
