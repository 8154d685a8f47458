// A command as the program that is started sees it: its arguments, environment and redirections.
//
// Whatever started it (a RUN, a script, a workflow step, a YAML `command:`, subprocess.run in
// Python,
// `!pip` in a notebook) is lowered to this, so rules and option tables know one shape. Wrappers are
// taken off (sudo, env, exec, time, nohup, xargs, `sh -c`, `bash -lc`, `python -m pip`): argv[0] is
// the program that does the work.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// Where a command runs; decides who can read its text and what it writes.
enum class CommandHost {
  kImageBuild,  // RUN: the text is in image history, what it writes in a layer
  kImageRun,    // CMD, ENTRYPOINT, HEALTHCHECK
  kCi,          // a step of a workflow or pipeline
  kScript,      // a script of the tree, run by who knows whom
  kContainer,   // command/args of a Pod, compose `command:`
  kCluster,     // Ray cluster launcher and job commands
  kProgram,     // started by a program: subprocess, os.system
  kNotebook,    // ! and %% lines
  kDocument,    // a code block in prose
};

struct Assignment {
  std::string name;
  Value value;
  Span span;  // NAME=value
  bool exported = false;
};

struct Redirection {
  enum class Kind { kRead, kWrite, kAppend, kHeredoc, kHereString } kind = Kind::kWrite;
  int fd = 1;
  Value target;  // the file, or the text of a heredoc or here-string
  Span span;     // operator and target
};

// The last segment of the path that a program is started by, whatever is before it: "pip3" for
// /usr/bin/pip3 and for "$VENV/bin/pip3"; "pip" for $(PIP), where no more is known of the variable.
// Empty if that segment is not literal otherwise.
std::string_view ProgramName(const Value& word);

struct Command {
  std::vector<Value> argv;
  // Of argv, as written: a variable that the script itself filled in keeps the place it is used at,
  // where its Value has the place it was set at; an item of an array, the place in the array. Empty
  // if the command was not written in a shell.
  std::vector<Span> argument_spans;
  std::vector<Assignment> environment;  // `NAME=value command`, `env NAME=value command`
  std::vector<Redirection> redirections;
  Span span;  // with its redirections, in the source
  CommandHost host = CommandHost::kScript;
  bool sudo = false;
  bool other_user = false;   // under su, gosu or `sudo -u`: not the user of its script
  bool conditional = false;  // in a branch, a loop or after ||: it may not run
  bool captured = false;     // $(command): its output becomes part of another command
  // Index in the same list of the first command of its script: what has one working directory.
  uint32_t script = 0;
  // Index in the same list of the command whose output is this one's input, or -1.
  int stdin_from = -1;
  // Index of the command that output is piped to, or -1.
  int stdout_to = -1;

  // ProgramName(argv[0]); empty if there is none.
  std::string_view Program() const;
};

}  // namespace oakum
