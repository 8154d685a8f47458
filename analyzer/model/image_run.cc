// What the commands of a RUN's script do.

#include "analyzer/model/image_run.h"

#include <string_view>
#include <utility>

#include "analyzer/model/image_context.h"
#include "analyzer/model/image_interpreter.h"

namespace oakum {

void ScriptInterpreter::RunText(const Value& text, ShellState start, ImageFiles& files) {
  Finish(RunScript(text, std::move(start), {}), files);
}

void ScriptInterpreter::RunWords(std::vector<Value> words, ShellState start, ImageFiles& files) {
  SimpleCommand command;
  command.span = context_.span;
  command.words = std::move(words);
  Finish(Run(std::move(command), std::move(start)), files);
}

void ScriptInterpreter::Finish(Outcome outcome, ImageFiles& files) {
  std::optional<ShellState> end = std::move(outcome.success);
  JoinInto(end, exits_);
  exits_.reset();
  for (size_t i = 0; i < traps_.size() && end; ++i) {
    const Value trap = traps_[i];
    in_trap_ = true;
    end = RunScript(trap, std::move(*end), {}).success;
    JoinInto(end, exits_);
    exits_.reset();
  }
  recorder_.Finish(end ? &*end : nullptr);
  if (end) files = std::move(end->files);
}

Outcome ScriptInterpreter::SimpleNode(const ShellScript& script, const ShellNode& node,
                                      ShellState state, Content input) {
  SimpleCommand command;
  command.span = node.span;
  for (const uint32_t child : node.substitutions) {
    Outcome inner = Node(script, child, state, {});
    if (inner.success) state.files = inner.success->files;
    command.substitutions.emplace_back(script[child].span, inner.output);
  }
  for (const ShellRedirection& redirection : node.redirections) {
    input = Input(redirection, state, command.substitutions, input);
  }
  command.input = std::move(input);
  for (const ShellWord& word : node.words) command.words.push_back(Unquoted(word));
  for (const ShellAssignment& assignment : node.assignments) {
    Content content = recorder_.view().ContentOf(assignment.value, state, command.substitutions);
    if (!content.IsSecret() && !assignment.value.HasHole(HoleOrigin::kCommand)) {
      content.shown = recorder_.view().TextOf(assignment.value, state);
    }
    state.variables[assignment.name] = std::move(content);
  }
  // `$(<FILE)` is the file's text.
  const bool reads = node.words.empty() && node.assignments.empty() &&
                     node.redirections.size() == 1 &&
                     node.redirections[0].kind == ShellRedirection::Kind::kRead;
  Content read = reads ? command.input : NoText();
  Outcome outcome = Run(std::move(command), std::move(state));
  if (reads) outcome.output = std::move(read);
  Redirect(node, outcome);
  return outcome;
}

// Standard input after one more redirection.
Content ScriptInterpreter::Input(const ShellRedirection& redirection, const ShellState& state,
                                 const ShellView::Substitutions& substitutions,
                                 const Content& input) const {
  const ShellView& view = recorder_.view();
  switch (redirection.kind) {
    case ShellRedirection::Kind::kRead: {
      return ContentAt(view.PathOf(redirection.target, state), view, state);
    }
    case ShellRedirection::Kind::kHeredoc:
    case ShellRedirection::Kind::kHereString:
      return view.ContentOf(redirection.target, state, substitutions);
    default:
      return input;
  }
}

// What is printed goes to a file.
void ScriptInterpreter::Redirect(const ShellNode& node, Outcome& outcome) {
  for (const ShellRedirection& redirection : node.redirections) {
    const bool append = redirection.kind == ShellRedirection::Kind::kAppend;
    if ((!append && redirection.kind != ShellRedirection::Kind::kWrite) || redirection.fd == 2) {
      continue;
    }
    for (std::optional<ShellState>* end : {&outcome.success, &outcome.failure}) {
      if (!*end) continue;
      const std::string path = recorder_.view().PathOf(redirection.target, **end);
      recorder_.Create(path, outcome.output, node.span, append, 0666 & ~(*end)->umask, **end);
    }
    outcome.output = {};
  }
}

Outcome ScriptInterpreter::Run(SimpleCommand command, ShellState state) {
  for (const Value& word : command.words) {
    command.texts.push_back(recorder_.view().TextOf(word, state));
  }
  if (!TakeWrappers(command)) return {std::move(state), std::nullopt, {}};
  const std::string name(command.name());
  if (name == "exit") return Exit(command, std::move(state));
  if (name == "false" || name == "return") return Ended(command, std::move(state));
  if (name == "test" || name == "[" || name == "[[") return Test(command, std::move(state));
  if (name == "trap") {
    const size_t action = command.texts.size() > 1 && command.texts[1] == "--" ? 2 : 1;
    for (size_t i = action + 1; i < command.texts.size(); ++i) {
      if (command.texts[i] != "EXIT" && command.texts[i] != "0") continue;
      traps_.push_back(command.words[action]);
      break;
    }
    return {std::move(state), std::nullopt, {}};
  }
  if (auto function = functions_.find(name); function != functions_.end()) {
    return Call(function->second, command, std::move(state));
  }
  if (name == "." || name == "source" || command.texts[0].find('/') != std::string::npos) {
    const bool sourced = name == "." || name == "source";
    const size_t file = sourced ? 1 : 0;
    if (file < command.words.size()) {
      const std::string path = recorder_.view().PathOf(command.words[file], state);
      std::optional<Outcome> outcome = RunFile(command, file, path, sourced, state);
      if (outcome) return *std::move(outcome);
    }
    if (sourced && command.words.size() > 1) {
      const ShellView& view = recorder_.view();
      state.sourced = ContentAt(view.PathOf(command.words[1], state), view, state);
    }
  }
  if (std::optional<Outcome> outcome = RunByName(command, state)) return *std::move(outcome);
  const bool shell =
      name == "sh" || name == "bash" || name == "dash" || name == "ash" || name == "zsh";
  if (shell || name == "eval") return RunShell(command, shell, std::move(state));
  if (name == "make" || name == "gmake" || name == "${MAKE}") {
    if (std::optional<Outcome> outcome = RunMake(command, state)) return *std::move(outcome);
  }
  if (context_.users != nullptr && (name == "useradd" || name == "adduser" || name == "usermod")) {
    Command made;
    made.argv = command.words;
    if (std::optional<MadeUser> user = UserMadeBy(made))
      context_.users->push_back(*std::move(user));
  }
  CommandEffect effect = ApplyCommand(command, recorder_, state);
  Outcome outcome;
  if (!effect.known) outcome.failure = state;
  outcome.success = std::move(state);
  outcome.output = std::move(effect.output);
  return outcome;
}

// Runs with the state of the RUN: files stay, the rest is its own unless it is sourced.
std::optional<Outcome> ScriptInterpreter::RunFile(const SimpleCommand& command, size_t index,
                                                  const std::string& path, bool same_shell,
                                                  const ShellState& state) {
  if (!context_.files) return std::nullopt;
  const std::optional<std::string> script = recorder_.view().ContextFileAt(path, state);
  const Source* source = script ? context_.files->file(*script) : nullptr;
  if (!source || IsForeignScript(source->body().text()) || *script == recorder_.script()) {
    return std::nullopt;
  }
  ShellState start = state;
  for (size_t i = index + 1; i < command.words.size(); ++i) {
    start.variables[std::to_string(i - index)] = Positional(command, i, state);
  }
  const std::string outer = recorder_.script();
  const Span call = recorder_.call();
  recorder_.EnterScript(*script, outer.empty() ? command.span : call);
  std::optional<ShellState> outer_exits = std::exchange(exits_, std::nullopt);
  Outcome outcome = RunScript(Value(source->body()), std::move(start), command.input);
  recorder_.EnterScript(outer, call);
  if (same_shell) {
    JoinInto(exits_, outer_exits);
    return outcome;
  }
  JoinInto(outcome.success, exits_);
  exits_ = std::move(outer_exits);
  Restore(state, outcome);
  return outcome;
}

std::optional<Outcome> ScriptInterpreter::RunByName(const SimpleCommand& command,
                                                    const ShellState& state) {
  const std::string& name = command.texts[0];
  if (!context_.files || name.empty() || name.find_first_of("/${") != name.npos) {
    return std::nullopt;
  }
  // Most commands are no script of the context: whether there is any is asked once for a state.
  if (programs_of_ != state.files.all().size()) {
    programs_of_ = state.files.all().size();
    program_folders_ = recorder_.view().ProgramFolders(state);
  }
  for (const std::string& folder : program_folders_) {
    std::optional<Outcome> outcome = RunFile(command, 0, ResolvePath(folder, name), false, state);
    if (outcome) return outcome;
  }
  return std::nullopt;
}

// sh -c SCRIPT, and a script that comes through standard input is not followed.
Outcome ScriptInterpreter::RunShell(const SimpleCommand& command, bool shell, ShellState state) {
  size_t script = 1;
  if (shell) {
    script = command.texts.size();
    bool exit_on_error = false;
    for (size_t i = 1; i + 1 < command.texts.size() && command.texts[i].starts_with('-'); ++i) {
      exit_on_error = exit_on_error || command.texts[i].find('e') != std::string::npos;
      if (command.texts[i].ends_with('c')) script = i + 1;
    }
    if (exit_on_error) state.exit_on_error = true;
  }
  if (shell && script == command.texts.size()) {
    size_t file = 1;
    while (file < command.texts.size() && command.texts[file].starts_with('-')) ++file;
    if (file < command.words.size()) {
      const std::string path = recorder_.view().PathOf(command.words[file], state);
      std::optional<Outcome> outcome = RunFile(command, file, path, false, state);
      if (outcome) return *std::move(outcome);
    }
  }
  if (script < command.words.size()) {
    return RunScript(command.words[script], std::move(state), command.input);
  }
  return {state, state, {}};
}

Outcome ScriptInterpreter::Exit(const SimpleCommand& command, ShellState state) {
  if (in_trap_ || command.texts.size() < 2 || command.texts[1] == "0") {
    std::optional<ShellState> end = std::move(state);
    JoinInto(exits_, end);
  }
  return {};
}

Outcome ScriptInterpreter::Ended(const SimpleCommand& command, ShellState state) {
  Outcome outcome;
  const bool good =
      command.name() == "return" && (command.texts.size() < 2 || command.texts[1] == "0");
  (good ? outcome.success : outcome.failure) = std::move(state);
  return outcome;
}

// Where `[ -f path ]` fails there is no such file.
Outcome ScriptInterpreter::Test(const SimpleCommand& command, ShellState state) {
  Outcome outcome;
  outcome.failure = state;
  outcome.success = std::move(state);
  for (size_t i = 1; i + 1 < command.texts.size(); ++i) {
    const std::string& text = command.texts[i];
    if (text != "-f" && text != "-e" && text != "-s" && text != "-r") continue;
    const bool negated = command.texts[i - 1] == "!";
    std::optional<ShellState>& absent = negated ? outcome.success : outcome.failure;
    const std::string path = recorder_.view().PathOf(command.words[i + 1], *absent);
    absent->files.Remove({path});
  }
  return outcome;
}

// Names its own interpreter, which is no shell.
bool IsForeignScript(std::string_view script) {
  if (!script.starts_with("#!")) return false;
  const std::string_view line = script.substr(0, script.find('\n'));
  return line.find("sh") == line.npos;
}

void ReplayScript(const Value& script, const RunContext& context, ImageBuild& build,
                  ImageFiles& files) {
  ScriptInterpreter(context, build).RunText(script, StateAtStart(context, files), files);
}

void ReplayArgv(const std::vector<Value>& argv, const RunContext& context, ImageBuild& build,
                ImageFiles& files) {
  ScriptInterpreter(context, build).RunWords(argv, StateAtStart(context, files), files);
}

}  // namespace oakum
