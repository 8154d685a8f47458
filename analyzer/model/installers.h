// Which arguments, variables and keys of which tool carry what: the one table behind every URI and
// credential on a command line.
//
// Sources: ray.md 4.1, 4.6 and the tools' own manuals. A new tool or option is a new row in
// installers.cc and nothing else. An option that takes a value must have a row even if the value is
// of no interest, or its value would be read as a positional argument.
//
// Thread-safety: pure functions, constant data.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

enum class ArgumentKind {
  kPlain,        // takes a value that is of no interest
  kIndex,        // index, extra index, find-links, channel; possibly several, possibly name=url
  kRequirement,  // name @ url, git+https://..., a plain URL
  kGit,          // a remote or clone source
  kProxy,
  kUri,           // any other URI
  kSecret,        // a password or token by itself
  kUserPassword,  // user:password
  kHeader,        // "Authorization: ..."
  kAssignment,    // NAME=value for an environment: -e, --build-arg
  kGitConfig,     // key=value of git: url.X.insteadOf=Y, http.proxy=X
  kKey,           // the key of a `config set`; it says what the next positional argument is
};

struct ToolArgument {
  ArgumentKind kind = ArgumentKind::kPlain;
  std::string_view option;  // "--index-url", or the key of a `config set`; empty for a positional
                            // one. Static storage or the command's own text
  Value value;
  size_t at = 0;       // in argv: the argument that holds the value
  bool glued = false;  // to its option: --password=X, -uX
};

struct ToolUse {
  std::string_view tool;  // for messages: "pip", "uv", "git"; static storage
  bool writes = false;    // the tool keeps what it is given in a file of its own
  std::vector<ToolArgument> arguments;
};

// What a command hands to a known tool; none for other programs.
std::optional<ToolUse> ReadToolUse(const Command& command);

struct NameUse {
  std::string_view tool;
  ArgumentKind kind = ArgumentKind::kUri;
};

// What an environment variable is to the tool that reads it: PIP_INDEX_URL, UV_INDEX, HTTPS_PROXY.
std::optional<NameUse> UseOfVariable(std::string_view name);

// What a key that is given to a tool's `config` command is: "global.index-url" of pip, "channels"
// of conda. `file_kind` is "pip.conf", "condarc" or the tool's name; empty for keys that any file
// has.
std::optional<NameUse> UseOfKey(std::string_view key, std::string_view file_kind);

}  // namespace oakum
