// chmod commands, as the rules on modes that do not take effect read them.
//
// Thread-safety: pure functions; what they return points into the command.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/model/command.h"

namespace oakum {

// The words of a chmod.
struct Chmod {
  Span span;  // up to the mode
  std::string_view mode;
  std::vector<const Value*> files;
};

// None for other commands, and for a chmod of nothing.
std::optional<Chmod> ChmodOf(const Command& command);

// Whether the mode takes away every bit of group and others.
bool Closes(std::string_view mode);

}  // namespace oakum
