// A command line of Compose: `docker compose -f FILE build ...` and its kin.
// https://docs.docker.com/reference/cli/docker/compose/
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct ComposeCommand {
  Value file;                   // of the last `-f`; empty for the default one
  std::string_view subcommand;  // "build"; points into the command
  size_t behind = 0;            // the index of the word behind the subcommand
};

// None for any other program, or without a subcommand.
std::optional<ComposeCommand> ComposeCommandOf(const Command& command);

}  // namespace oakum
