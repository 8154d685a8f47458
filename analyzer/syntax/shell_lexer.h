// Shell text cut into words, operators and here-documents (POSIX 2.3, bash(1)).
//
// Quotes, expansions and substitutions are skipped over, whatever they nest, with an explicit
// stack; shell_word.h reads them. What has no end is taken as plain text from its opener on, as
// often as a small budget allows, so a stray quote costs the words behind it and nothing more.
//
// Offsets are of the text given, not of a source. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

struct ShellToken {
  enum class Kind {
    kWord,
    kReserved,    // if then { } ! [[ ... where the shell looks for them; [[ is a word
    kDescriptor,  // the digits before a redirection
    kOperator,    // control operators and redirections
    kNewline,
  };
  Kind kind = Kind::kWord;
  Span span;
  int heredoc = -1;  // of a << or <<- operator: index into ShellTokens::heredocs
};

struct ShellHeredoc {
  Span body;                // without the terminator's line
  bool expand = true;       // the delimiter is not quoted
  bool strip_tabs = false;  // <<-
};

struct ShellTokens {
  std::vector<ShellToken> tokens;  // comments and line continuations are left out
  std::vector<ShellHeredoc> heredocs;
  std::optional<uint32_t> unterminated;  // where the first quote or bracket without an end stands
};

ShellTokens LexShell(std::string_view text);

// Length of `name=`, `name+=` or `name[index]=` at the start of a word; 0 if it is no assignment.
uint32_t ShellAssignmentPrefix(std::string_view word);

}  // namespace oakum
