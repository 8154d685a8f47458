// What commands write to files: the text of echo, printf, here-documents and here-strings together
// with the path it goes to.
//
// A credential file is as often written by a script as kept in the tree. This answers "which text
// ends up where" for the forms whose text stands in the command: `echo ... > P`, `printf FMT ARGS
// >> P`, `cat <<EOF > P`, `tee P <<EOF`, `echo ... | tee P`, `install -m 600 /dev/stdin P <<EOF`,
// `jq -n --arg u X '{username: $u}' > P`.
// Holes stay holes; escapes of `echo -e` and printf are decoded with their spans.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/model/command.h"

namespace oakum {

struct FileWrite {
  Value path;
  Value text;
  bool append = false;
  Span span;  // the redirection, or the argument that names the file
};

// `all` is the list that the command's stdin_from refers to.
std::vector<FileWrite> WritesOf(const Command& command, const std::vector<Command>& all);

// What is in a file after a command has written `added` behind what commands before it wrote: those
// of a group share its redirection, and each goes on where the one before stopped.
Value JoinedLines(const Value& before, const Value& added);

// What the command prints on its standard output, if that stands in it.
std::optional<Value> PrintedText(const Command& command);

}  // namespace oakum
