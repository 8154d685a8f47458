// What one command of a RUN does to files, and what it prints.
//
// Known are the commands that create, copy, change and remove files by name
// (image_file_command.cc), those that print and filter text (image_command.cc), and the tools that
// write a credential they are given to a file of their own (image_tool_state.h). Any other command
// creates nothing that is known, prints something unknown and may fail.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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

// The words of a command, told apart into options and operands.
struct Operands {
  std::vector<size_t> indices;
  std::string flags;              // all short ones together
  std::map<char, size_t> values;  // short options that take a value: index of it
  std::map<std::string, std::string> long_values;

  bool Has(char flag) const { return flags.find(flag) != std::string::npos; }
  bool Has(const std::string& option) const { return long_values.contains(option); }
};

// `with_value` names the short options whose value is the rest of the word or the next word.
Operands SplitOperands(const SimpleCommand& command, std::string_view with_value);

// An octal number.
std::optional<uint32_t> ParseMode(std::string_view text);

struct CommandEffect {
  Content output = NoText();
  bool known = false;  // a command of the table: taken to succeed
};

// What those who apply a command work with.
class CommandReplay {
 public:
  CommandReplay(const SimpleCommand& command, RunRecorder& recorder, ShellState& state,
                CommandEffect& effect)
      : command_(command),
        recorder_(recorder),
        view_(recorder.view()),
        state_(state),
        effect_(effect) {}

 protected:
  std::string Path(size_t word) const { return view_.PathOf(command_.words[word], state_); }

  const SimpleCommand& command_;
  RunRecorder& recorder_;
  const ShellView& view_;
  ShellState& state_;
  CommandEffect& effect_;
};

CommandEffect ApplyCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state);

// The commands about files by name; false for any other.
bool ApplyFileCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state,
                      CommandEffect& effect);

// tar and rsync, which take whole folders; false for any other.
bool ApplyArchiveCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state,
                         CommandEffect& effect);

// What the file or files at a path hold together.
Content ContentAt(const std::string& path, const ShellView& view, const ShellState& state);

}  // namespace oakum
