// make in a RUN: the recipes of the goals it is asked for, where the Makefile is of the context.
//
// Each recipe line has a shell of its own, and make stops at one that fails. Variables on its
// command line count before those of the file (GNU make manual, "Recipe Execution", "Overriding
// Variables").

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/image_context.h"
#include "analyzer/model/image_interpreter.h"
#include "analyzer/model/lower_makefile.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {
namespace {

// What the words of a make command say.
struct MakeCall {
  std::string folder;  // -C
  std::string file;    // -f; empty for the usual ones
  std::vector<std::string> goals;
  std::vector<std::pair<std::string, Value>> variables;  // NAME=value
};

MakeCall ReadCall(const SimpleCommand& command) {
  MakeCall call;
  const Operands operands = SplitOperands(command, "CfIoW");
  const auto option = [&](char letter, const std::string& name, std::string& out) {
    const auto value = operands.values.find(letter);
    if (value != operands.values.end() && value->second < command.texts.size()) {
      out = command.texts[value->second];
    } else if (const auto glued = operands.long_values.find(name);
               glued != operands.long_values.end()) {
      out = glued->second;
    }
  };
  option('C', "directory", call.folder);
  option('f', "makefile", call.file);
  option('f', "file", call.file);
  for (const size_t index : operands.indices) {
    const Value& word = command.words[index];
    const size_t equals = word.text().find('=');
    if (equals == std::string_view::npos) {
      call.goals.push_back(command.texts[index]);
    } else {
      call.variables.emplace_back(word.text().substr(0, equals),
                                  word.Slice(static_cast<uint32_t>(equals + 1)));
    }
  }
  return call;
}

}  // namespace

std::optional<Outcome> ScriptInterpreter::RunMake(const SimpleCommand& command,
                                                  const ShellState& state) {
  if (!context_.files) return std::nullopt;
  const MakeCall call = ReadCall(command);
  ShellState start = state;
  if (!call.folder.empty()) start.directory = ResolvePath(state.directory, call.folder);
  std::vector<std::string> names = {"GNUmakefile", "makefile", "Makefile"};
  if (!call.file.empty()) names = {call.file};
  for (const std::string& name : names) {
    const auto path = recorder_.view().ContextFileAt(ResolvePath(start.directory, name), start);
    const Source* source = path ? context_.files->file(*path) : nullptr;
    if (source == nullptr) continue;
    const Makefile makefile = ParseMakefile(source->body());
    work_ += makefile.rules.size();
    NamedValues values = MakeVariables(makefile);
    for (const auto& [variable, value] : call.variables) values.Redefine(variable, &value);
    const std::string outer = recorder_.script();
    const Span from = recorder_.call();
    recorder_.EnterScript(*path, outer.empty() ? command.span : from);
    std::optional<ShellState> outer_exits = std::exchange(exits_, std::nullopt);
    Outcome outcome = RunRecipes(ScriptsOfGoals(makefile.rules, call.goals), values, start);
    exits_ = std::move(outer_exits);
    recorder_.EnterScript(outer, from);
    Restore(state, outcome);
    return outcome;
  }
  return std::nullopt;
}

Outcome ScriptInterpreter::RunRecipes(const std::vector<Value>& scripts, const NamedValues& values,
                                      ShellState start) {
  Outcome all;
  start.exit_on_error = false;
  all.success = start;
  for (const Value& script : scripts) {
    if (!all.success || work_ > kMaxWork) break;
    recorder_.EnterPart(script.Trimmed().ToSource());
    Outcome line = RunScript(values.Fill(script), *std::move(all.success), {});
    JoinInto(line.success, exits_);
    exits_.reset();
    Restore(start, line);
    all.success = std::move(line.success);
    JoinInto(all.failure, line.failure);
    all.output = Together(all.output, line.output);
  }
  return all;
}

}  // namespace oakum
