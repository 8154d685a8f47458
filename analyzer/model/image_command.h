// What one command of a RUN does to files, and what it prints.
//
// Known are the commands that create, copy, change and remove files by name, and the filters that
// pass a text on. Any other command creates nothing that is known, prints something unknown and may
// fail.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzer/model/image_shell_state.h"

namespace oakum {

// The events of one RUN as they are made. A command that is replayed twice (on two ways through the
// script, in a loop) makes its events once.
class RunRecorder {
 public:
  RunRecorder(const RunContext& context, ImageBuild& build)
      : context_(context), build_(build), view_(context, build) {}

  const ShellView& view() const { return view_; }

  void Create(const std::string& path, const Content& content, Span span, bool append,
              std::optional<uint32_t> mode, ShellState& state);
  void Remove(const std::string& pattern, bool below, Span span, ShellState& state);
  void Change(FileAction action, const std::string& pattern, bool below, Span span,
              std::optional<uint32_t> mode, const std::string& owner, ShellState& state);

  // Says of every creation whether it is still there in `end`.
  void Finish(const ShellState* end);

 private:
  uint32_t Record(FileEvent event);

  const RunContext& context_;
  ImageBuild& build_;
  ShellView view_;
  std::map<std::tuple<FileAction, std::string, uint32_t, uint32_t>, uint32_t> made_;
};

// A command with its wrappers (sudo, env, exec ...) taken off.
struct SimpleCommand {
  std::vector<Value> words;
  std::vector<std::string> texts;  // what is known of the words
  Span span;                       // with redirections
  Content input;                   // standard input
  ShellView::Substitutions substitutions;

  std::string_view name() const;
};

struct CommandEffect {
  Content output;
  bool known = false;  // a command of the table: taken to succeed
};

CommandEffect ApplyCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state);

}  // namespace oakum
