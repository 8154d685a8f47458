// What filters behind a command let through to a log.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/command.h"

namespace oakum {

// The patterns of one `grep`.
struct GrepFilter {
  std::string pattern;    // in RE2's syntax; a line passes if part of it matches
  bool inverted = false;  // -v
};

// None if the patterns do not all stand in the command.
std::optional<GrepFilter> GrepFilterOf(const Command& grep);

// Whether the line of `env` that begins with `NAME=` passes them all. Of its value nothing is
// known, so a pattern is taken to be about the name.
bool Passes(const std::vector<GrepFilter>& filters, std::string_view name);

// Whether `cut` shows so much of its input that a secret is told: more than a few characters, and
// not the names of the environment alone (`cut -d= -f1`).
bool CutShows(const Command& cut);

// Whether `head` shows more than a few bytes.
bool HeadShows(const Command& head);

}  // namespace oakum
