// Settings that look as if they named a netrc for a program and that the program does not have.
//
// pip and uv derive variables and configuration keys from their options; neither has one for a
// netrc, and both pass over keys they do not know without a word. They take the file that NETRC
// names, or ~/.netrc (ray.md 3.2; pip configuration.py, uv's list of environment variables).
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/model/command.h"
#include "analyzer/model/setting.h"

namespace oakum {

// The program that is meant: "pip", "uv". Empty if this is no such setting.
std::string_view UnreadNetrcSetting(const Setting& setting);

// The same for the key of `pip config set KEY VALUE`: the argument VALUE, or null.
const Value* UnreadPipConfig(const Command& command);

// The value where it stands; a variable that the script filled in stands where it was set.
Span ValuePlace(const Setting& setting);

// Whether a command of a list uses the variable itself: then it is the author's own one, and what
// it is called tells nothing.
bool UsesVariable(const std::vector<Command>& commands, std::string_view name);

}  // namespace oakum
