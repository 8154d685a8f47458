// Shell scripts: what runs, in which order, with which words.
//
// ParseShell takes a *logical* script (a RUN body, a YAML `run:`, a script file) as a Value, so
// text that a CI expression fills in is already a hole, and yields a small tree whose words are
// Values with the shell's quoting applied: '$x' is text, "$x" and $x are holes, ${x:-d} is a hole
// with a fallback,
// $(cmd) and backticks are kCommand holes whose commands are in the tree too. `~`, globs and braces
// are kept as text; `\` + newline is gone. Here-documents are expanded unless their delimiter is
// quoted, and `<<-` strips tabs (POSIX 2.2, 2.6, 2.7.4; bash(1) "QUOTING", "Here Documents").
//
// Structure (lists, subshells, branches, loops, functions) is tree-sitter-bash's reading of the
// script with all words blanked to letters, since that grammar loses its way in here-documents and
// in expansions; words, redirections and here-documents are read by shell_lexer.h and shell_word.h.
// A statement that does not parse, or a script that outgrows the limits, is split into commands at
// operators and newlines instead, and `notices` says so.
//
// All spans are of the source. Never throws; depth and time are bounded. Thread-safety: pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct ShellRedirection {
  enum class Kind {
    kRead,        // <
    kWrite,       // > >| &> >&file <>
    kAppend,      // >> &>>
    kHeredoc,     // << <<-: `target` is the body
    kHereString,  // <<<
    kDuplicate,   // >&2 <&- : `target` is the descriptor or "-"
  };
  Kind kind = Kind::kWrite;
  int fd = 1;
  Value target;
  Span span;  // descriptor, operator and target; for a here-document without its body
};

struct ShellWord {
  Value value;
  Span span;            // as written, with its quotes
  bool quoted = false;  // some of it is in quotes; otherwise its expansions are split at blanks
};

struct ShellAssignment {
  std::string name;
  Value value;                   // of an array: its text between the parentheses
  std::vector<ShellWord> items;  // of an array
  bool append = false;           // +=
  bool array = false;
  Span name_span;
  Span span;  // name=value
};

// How a node follows the one before it in its sequence.
enum class ShellConnector { kSequential, kAnd, kOr, kBackground };

enum class ShellNodeKind {
  kCommand,   // assignments, words, redirections; also [ ], [[ ]] and declarations such as export
  kSequence,  // children by connector
  kPipeline,  // children feed each other
  kGroup,     // { ... }: children as in a sequence
  kSubshell,  // ( ... ): children as in a sequence
  kFunction,  // `name` and its body
  kBranch,    // if and case: the conditions and bodies as sequences; any of them may not run
  kLoop,      // for, while, until, select: condition and body as sequences
};

struct ShellNode {
  ShellNodeKind kind = ShellNodeKind::kSequence;
  ShellConnector connector = ShellConnector::kSequential;
  bool negated = false;            // ! command
  Span span;                       // with redirections
  std::vector<uint32_t> children;  // indices into ShellScript::nodes
  std::vector<ShellRedirection> redirections;
  // kCommand
  std::vector<ShellAssignment>
      assignments;  // before the first word, or the operands of export & co.
  std::vector<ShellWord> words;
  // Sequences of the command substitutions in words, assignments, redirections and loop words.
  std::vector<uint32_t> substitutions;
  std::string name;              // kFunction: its name; kLoop: the variable
  std::vector<ShellWord> items;  // kLoop: the words of `in`; kBranch: the subject of `case`
};

struct ShellScript {
  std::vector<ShellNode> nodes;
  uint32_t root = 0;  // a kSequence; always there
  std::vector<Error> notices;

  const ShellNode& operator[](uint32_t index) const { return nodes[index]; }
};

struct ShellLimits {
  uint32_t script_bytes = 1 << 20;  // more is split into commands without structure
  uint32_t line_bytes = 8 << 10;
  uint32_t depth = 48;  // of nesting, substitutions included
  uint32_t parse_milliseconds = 500;
};

ShellScript ParseShell(const Value& script, const ShellLimits& limits = {});

}  // namespace oakum
