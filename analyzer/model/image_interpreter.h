// The interpreter behind ReplayScript(): one object replays the script of one RUN.
//
// image_flow.cc has what the structure of a script does (lists, pipes, branches, loops, functions),
// image_run.cc what its commands do, image_make.cc what make does. A node is given a state and
// yields two: how things stand where it ends well, and where it fails; either may be missing.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/model/image_command.h"
#include "analyzer/model/image_recorder.h"
#include "analyzer/model/image_shell_state.h"
#include "analyzer/model/named_values.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

// How a node may end, and what it prints.
struct Outcome {
  std::optional<ShellState> success;
  std::optional<ShellState> failure;
  Content output = NoText();
};

class ScriptInterpreter {
 public:
  ScriptInterpreter(const RunContext& context, ImageBuild& build)
      : context_(context), build_(build), recorder_(context, build) {}

  void RunText(const Value& text, ShellState start, ImageFiles& files);
  void RunWords(std::vector<Value> words, ShellState start, ImageFiles& files);

 private:
  struct Function {
    const ShellScript* script;
    uint32_t body;
  };

  // What is left in the layer, and in `files` for the instructions to come.
  void Finish(Outcome outcome, ImageFiles& files);
  Outcome RunScript(const Value& text, ShellState state, const Content& input);

  Outcome Node(const ShellScript& script, uint32_t index, ShellState state, const Content& input);
  Outcome Sequence(const ShellScript& script, const ShellNode& node, ShellState state,
                   const Content& input);
  Outcome Subshell(const ShellScript& script, const ShellNode& node, ShellState state,
                   const Content& input);
  Outcome Pipeline(const ShellScript& script, const ShellNode& node, ShellState state,
                   Content input);
  Outcome Branch(const ShellScript& script, const ShellNode& node, ShellState state,
                 const Content& input);
  Outcome Loop(const ShellScript& script, const ShellNode& node, ShellState state,
               const Content& input);
  Outcome Unrolled(const ShellScript& script, const ShellNode& node, ShellState state,
                   const Content& input);
  // What a function or script is given as one of its arguments.
  Content Positional(const SimpleCommand& command, size_t index, const ShellState& state) const;
  Outcome Call(const Function& function, const SimpleCommand& command, ShellState state);

  Outcome SimpleNode(const ShellScript& script, const ShellNode& node, ShellState state,
                     Content input);
  // Standard input after one more redirection.
  Content Input(const ShellRedirection& redirection, const ShellState& state,
                const ShellView::Substitutions& substitutions, const Content& input) const;
  // What is printed goes to a file.
  void Redirect(const ShellNode& node, Outcome& outcome);
  Outcome Run(SimpleCommand command, ShellState state);
  Outcome RunShell(const SimpleCommand& command, bool shell, ShellState state);
  // The script of the context that stands at `path`, if that is known; its arguments are the words
  // behind `index`.
  std::optional<Outcome> RunFile(const SimpleCommand& command, size_t index,
                                 const std::string& path, bool same_shell, const ShellState& state);
  // A script of the context that the shell finds by its name alone.
  std::optional<Outcome> RunByName(const SimpleCommand& command, const ShellState& state);
  // make, with a Makefile of the context.
  std::optional<Outcome> RunMake(const SimpleCommand& command, const ShellState& state);
  // What the recipes lead to, each line in a shell of its own that begins in `start`'s folder.
  Outcome RunRecipes(const std::vector<Value>& scripts, const NamedValues& values,
                     ShellState start);
  Outcome Exit(const SimpleCommand& command, ShellState state);
  // What a process of its own leaves of the shell that started it.
  static void Restore(const ShellState& before, Outcome& outcome);
  static Outcome Ended(const SimpleCommand& command, ShellState state);
  Outcome Test(const SimpleCommand& command, ShellState state);

  static constexpr size_t kMaxWork = 200'000;  // nodes visited, each with the files it may copy

  const RunContext& context_;
  ImageBuild& build_;
  RunRecorder recorder_;
  // Scripts live as long as the interpreter: functions point into them.
  std::vector<std::unique_ptr<const ShellScript>> scripts_;
  std::map<std::string, Function, std::less<>> functions_;
  std::vector<std::string> program_folders_;  // as ShellView::ProgramFolders() has them
  size_t programs_of_ = SIZE_MAX;             // the number of files that they were found with
  std::vector<Value> traps_;
  bool in_trap_ = false;
  std::optional<ShellState> exits_;  // ways that ended with `exit 0`, or in a trap with any
  size_t work_ = 0;
  int depth_ = 0;
  int calls_ = 0;
};

}  // namespace oakum
