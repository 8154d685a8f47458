// Users that a command makes or changes: useradd, adduser (Debian's and BusyBox's), usermod.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/model/command.h"

namespace oakum {

struct MadeUser {
  std::string name;
  std::optional<uint32_t> uid;  // as given in the command
  std::string home;             // as given, or where these programs put it; empty for usermod
};

// None for other commands, and where the name is not literal.
std::optional<MadeUser> UserMadeBy(const Command& command);

}  // namespace oakum
