// Words of a Dockerfile: quotes, escapes and variables (dockerfile.md 1.6), as BuildKit's own small
// shell lexer processes them. This is not the shell of RUN: `~`, `*`, `$(...)` and `&&` mean
// nothing.
//
// Expansion is over Values: a lookup answers a name with its value (literal or with holes), or with
// nothing for an unset variable, which expands to the empty string. ReferenceLookup() answers every
// name with a hole, which lowers a word to a Value whose `$X` are holes. Operators are applied
// where they can be: a default is the fallback of a hole, `${X:+w}` of a hole is w, and `${X#p}` of
// a value with holes is a hole again.
//
// Errors are BuildKit's (unbalanced quotes, bad substitutions, `${X?}` of an unset name), each with
// the quote or substitution that is to blame. Nesting is limited to 64 levels.
//
// Thread-safety: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"

namespace oakum {

// `reference` is the source of the whole `$X` or `${X...}`.
using DockerVariableLookup =
    std::function<std::optional<Value>(std::string_view name, Span reference)>;

struct DockerWordOptions {
  char escape = '\\';
  bool raw_quotes = false;   // quotes stay in the result
  bool raw_escapes = false;  // so do escape characters
  bool skip_quotes = false;  // quotes are ordinary characters (heredoc bodies)
  bool keep_unset = false;   // a reference to an unset name stays as it is
};

// The word without its quotes and escapes, and with its variables filled in.
Result<Value> ExpandDockerWord(const MappedText& word, const DockerWordOptions& options,
                               const DockerVariableLookup& lookup);

// As above, and then split at blanks outside quotes.
Result<std::vector<Value>> SplitDockerWords(const MappedText& text,
                                            const DockerWordOptions& options,
                                            const DockerVariableLookup& lookup);

// Every name is a hole of this origin.
DockerVariableLookup ReferenceLookup(HoleOrigin origin);

}  // namespace oakum
