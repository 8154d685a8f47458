// What a word of a command amounts to once the script around it has run, and what reaches a
// command's input: a text that stands in the script, or a file of the tree.
//
// Scripts seldom hand a text over where they write it: `S=$(cat <<EOF ...)`, `printf -v S`,
// `read -r -d '' S <<EOF`, `$(jq -n ...)`, `envsubst < login.json | aws ... file:///dev/stdin`.
// This follows variables, substitutions and pipes back to where the text stands. Programs that hand
// their input on as it is, or with some of it filled in, are looked through.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct Facts;

// One of the two, or neither.
struct TextOrigin {
  std::optional<Value> text;
  std::string file;  // a path as the script writes it
};

// What the command prints. `facts` are those that hold it.
TextOrigin OutputOf(const Command& command, const Facts& facts);

// What reaches its standard input.
TextOrigin InputOf(const Command& command, const Facts& facts);

// The text of a word: a variable of the script or a command substitution is followed.
TextOrigin OriginOf(const Value& word, const Facts& facts);

}  // namespace oakum
