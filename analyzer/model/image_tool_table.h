// The table behind image_tool_state.h: which command keeps which of its arguments, and where.
//
// From ray.md 4.6 and the documentation of each tool. Paths may begin with `~`; relative ones are
// of the working directory.
//
// Thread-safety: constants.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace oakum {

// What the operands are.
enum class ToolArgument {
  kNone,     // only options and standard input carry the secret
  kLast,     // the last one is the secret
  kKeyed,    // a key and a value, in one word or two, and the key says secret
  kUri,      // a URI with a credential in it
  kFetched,  // the tool gets the secret by itself
};

// Where the state is kept if `when` holds: an option, `--option=value`, or `--option=` and
// `$VARIABLE`, whose value then comes before `path`. The first that holds counts.
struct StatePlace {
  std::string_view when;
  std::string_view path;
};

using StatePlaces = std::array<StatePlace, 5>;

struct StateTool {
  std::string_view command;  // the program and its sub-commands
  StatePlaces places;
  ToolArgument argument = ToolArgument::kNone;
  std::string_view secrets{};  // options whose value is the secret
  std::string_view files{};    // options whose value names a file with the secret
  std::string_view input{};    // the option that makes it read standard input; "*" for none needed
  std::string_view others{};   // further options that take a value
};

// Commands that take out what another one has kept.
struct StateUndo {
  std::string_view command;
  std::string_view undone;
};

// Options of the same command that take it out again.
inline constexpr std::string_view kStateUndoOptions =
    "--unset --unset-all --remove-section --remove --remove-key --delete";

std::span<const StateTool> StateTools();
std::span<const StateUndo> StateUndos();

}  // namespace oakum
