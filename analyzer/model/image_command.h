// What one command of a RUN does to files, and what it prints.
//
// Known are the commands that create, copy, change and remove files by name, and the filters that
// pass a text on. Any other command creates nothing that is known, prints something unknown and may
// fail.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/image_recorder.h"
#include "analyzer/model/image_shell_state.h"

namespace oakum {

// A command with its wrappers (sudo, env, exec ...) taken off.
struct SimpleCommand {
  std::vector<Value> words;
  std::vector<std::string> texts;  // what is known of the words
  Span span;                       // with redirections
  Content input;                   // standard input
  ShellView::Substitutions substitutions;

  std::string_view name() const;
};

// Takes the programs off that only start another one; false if nothing is left.
bool TakeWrappers(SimpleCommand& command);

struct CommandEffect {
  Content output;
  bool known = false;  // a command of the table: taken to succeed
};

CommandEffect ApplyCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state);

}  // namespace oakum
