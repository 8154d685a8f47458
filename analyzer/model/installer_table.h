// The rows behind installers.h: data only.
//
// Private to installers.cc and installer_table.cc. Thread-safety: constant data.
#pragma once

#include <span>
#include <string_view>

#include "analyzer/model/installers.h"

namespace oakum::installer_table {

// An option whose value is an argument of its own, or glued to it.
struct Option {
  std::string_view names;  // between blanks
  ArgumentKind kind = ArgumentKind::kPlain;
};

struct Tool {
  std::string_view programs;     // between blanks
  std::string_view name;         // for messages
  std::string_view subcommands;  // one of these must come first, between '|'; empty for any
  std::span<const Option> options;
  ArgumentKind positional[3] = {};  // the last one repeats
  bool writes = false;
};

// Options that may stand before the subcommand.
struct GlobalOptions {
  std::string_view programs;
  std::span<const Option> options;
};

struct Name {
  std::string_view name;  // upper case; a `*` stands for anything
  NameUse use;
};

struct Key {
  std::string_view file;  // empty for any file
  std::string_view key;   // the last segments, lower case, '_' as '-'; a `*` stands for anything
  NameUse use;
};

// The first row whose program and subcommand fit is the one.
std::span<const Tool> Tools();
std::span<const GlobalOptions> AllGlobalOptions();
std::span<const Name> Variables();
std::span<const Key> Keys();

}  // namespace oakum::installer_table
