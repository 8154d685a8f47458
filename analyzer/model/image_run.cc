#include "analyzer/model/image_run.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "analyzer/model/image_command.h"
#include "analyzer/syntax/shell.h"

namespace oakum {
namespace {

constexpr size_t kMaxWork = 200'000;  // nodes visited, each with the files it may copy
constexpr int kMaxDepth = 48;
constexpr int kMaxCalls = 8;
constexpr size_t kMaxUnrolled = 16;

// How a node may end, and what it prints.
struct Outcome {
  std::optional<ShellState> success;
  std::optional<ShellState> failure;
  Content output;
};

class Interpreter {
 public:
  Interpreter(const RunContext& context, ImageBuild& build)
      : context_(context), build_(build), recorder_(context, build) {}

  void RunText(const Value& text, ShellState start, ImageFiles& files) {
    Finish(RunScript(text, std::move(start), {}), files);
  }

  void RunWords(std::vector<Value> words, ShellState start, ImageFiles& files) {
    SimpleCommand command;
    command.span = context_.span;
    command.words = std::move(words);
    Finish(Run(std::move(command), std::move(start)), files);
  }

 private:
  struct Function {
    const ShellScript* script;
    uint32_t body;
  };

  void Finish(Outcome outcome, ImageFiles& files) {
    std::optional<ShellState> end = std::move(outcome.success);
    JoinInto(end, exits_);
    exits_.reset();
    for (size_t i = 0; i < traps_.size() && end; ++i) {
      const Value trap = traps_[i];
      end = RunScript(trap, std::move(*end), {}).success;
    }
    recorder_.Finish(end ? &*end : nullptr);
    if (end) files = std::move(end->files);
  }

  // Scripts live as long as the interpreter: functions point into them.
  Outcome RunScript(const Value& text, ShellState state, const Content& input) {
    if (++calls_ > kMaxCalls) {
      --calls_;
      return {std::move(state), std::nullopt, {}};
    }
    scripts_.push_back(std::make_unique<const ShellScript>(ParseShell(text)));
    Outcome outcome = Node(*scripts_.back(), scripts_.back()->root, std::move(state), input);
    --calls_;
    return outcome;
  }

  Outcome Node(const ShellScript& script, uint32_t index, ShellState state, const Content& input) {
    work_ += 1 + state.files.all().size();
    if (work_ > kMaxWork || depth_ >= kMaxDepth) {
      build_.complete = false;
      return {std::move(state), std::nullopt, {}};
    }
    ++depth_;
    const ShellNode& node = script[index];
    Outcome outcome;
    switch (node.kind) {
      case ShellNodeKind::kCommand:
        outcome = SimpleNode(script, node, std::move(state), input);
        break;
      case ShellNodeKind::kSequence:
      case ShellNodeKind::kGroup:
        outcome = Sequence(script, node, std::move(state), input);
        break;
      case ShellNodeKind::kSubshell:
        outcome = Subshell(script, node, std::move(state), input);
        break;
      case ShellNodeKind::kPipeline:
        outcome = Pipeline(script, node, std::move(state), input);
        break;
      case ShellNodeKind::kFunction:
        if (!node.children.empty()) functions_[node.name] = {&script, node.children[0]};
        outcome.success = std::move(state);
        break;
      case ShellNodeKind::kBranch:
        outcome = Branch(script, node, std::move(state), input);
        break;
      case ShellNodeKind::kLoop:
        outcome = Loop(script, node, std::move(state), input);
        break;
    }
    if (node.kind != ShellNodeKind::kCommand) Redirect(node, outcome);
    if (node.negated) std::swap(outcome.success, outcome.failure);
    --depth_;
    return outcome;
  }

  // A list of commands by their connectors.
  Outcome Sequence(const ShellScript& script, const ShellNode& node, ShellState state,
                   const Content& input) {
    Outcome all;
    all.success = std::move(state);
    std::optional<ShellState> early;  // failed before the last command of an && list
    for (const uint32_t child : node.children) {
      const ShellConnector connector =
          child == node.children.front() ? ShellConnector::kSequential : script[child].connector;
      std::optional<ShellState> from;
      std::optional<ShellState> skipped;
      if (connector == ShellConnector::kAnd) {
        from = std::move(all.success);
        JoinInto(early, all.failure);
      } else if (connector == ShellConnector::kOr) {
        from = std::move(all.failure);
        JoinInto(from, early);
        early.reset();
        skipped = std::move(all.success);
      } else {
        from = std::move(all.success);
        // `set -e` ends the script at a command that fails by itself.
        if (all.failure && !all.failure->exit_on_error) JoinInto(from, all.failure);
        JoinInto(from, early);
        early.reset();
      }
      all.success.reset();
      all.failure.reset();
      if (from) {
        Outcome next = Node(script, child, *std::move(from), input);
        all.success = std::move(next.success);
        all.failure = std::move(next.failure);
        all.output = Stronger(all.output, next.output);
      }
      JoinInto(all.success, skipped);
    }
    JoinInto(all.failure, early);
    return all;
  }

  // Its folder and variables are its own; its files are not.
  Outcome Subshell(const ShellScript& script, const ShellNode& node, ShellState state,
                   const Content& input) {
    const ShellState before = state;
    std::optional<ShellState> outer_exits = std::exchange(exits_, std::nullopt);
    Outcome outcome = Sequence(script, node, std::move(state), input);
    JoinInto(outcome.success, exits_);
    exits_ = std::move(outer_exits);
    for (std::optional<ShellState>* end : {&outcome.success, &outcome.failure}) {
      if (!*end) continue;
      (*end)->directory = before.directory;
      (*end)->variables = before.variables;
      (*end)->exit_on_error = before.exit_on_error;
    }
    return outcome;
  }

  Outcome Pipeline(const ShellScript& script, const ShellNode& node, ShellState state,
                   Content input) {
    Outcome last;
    last.success = std::move(state);
    for (const uint32_t child : node.children) {
      // Every part runs, whatever becomes of the one before.
      std::optional<ShellState> from = std::move(last.success);
      JoinInto(from, last.failure);
      if (!from) break;
      last = Node(script, child, *std::move(from), input);
      input = last.output;
    }
    return last;
  }

  // if: conditions and bodies in turn, and perhaps an else. case: bodies alone.
  Outcome Branch(const ShellScript& script, const ShellNode& node, ShellState state,
                 const Content& input) {
    Outcome all;
    std::optional<ShellState> untaken = std::move(state);
    auto add = [&all](Outcome outcome) {
      JoinInto(all.success, outcome.success);
      JoinInto(all.failure, outcome.failure);
      all.output = Stronger(all.output, outcome.output);
    };
    if (!node.items.empty()) {
      for (const uint32_t body : node.children) add(Node(script, body, *untaken, input));
      JoinInto(all.success, untaken);
      return all;
    }
    size_t at = 0;
    for (; at + 1 < node.children.size() && untaken; at += 2) {
      Outcome condition = Node(script, node.children[at], *std::move(untaken), input);
      untaken = std::move(condition.failure);
      if (condition.success) {
        add(Node(script, node.children[at + 1], *std::move(condition.success), input));
      }
    }
    if (at + 1 == node.children.size() && untaken) {
      add(Node(script, node.children[at], *std::move(untaken), input));
    } else {
      JoinInto(all.success, untaken);
    }
    return all;
  }

  Outcome Loop(const ShellScript& script, const ShellNode& node, ShellState state,
               const Content& input) {
    Outcome all;
    if (node.children.empty()) return {std::move(state), std::nullopt, {}};
    const uint32_t body = node.children.back();
    const bool literal = std::all_of(node.items.begin(), node.items.end(),
                                     [](const ShellWord& item) { return item.value.is_literal(); });
    if (!node.name.empty() && !node.items.empty() && literal && node.items.size() <= kMaxUnrolled) {
      std::optional<ShellState> current = std::move(state);
      for (const ShellWord& item : node.items) {
        if (!current) break;
        current->variables[node.name] = {FileOrigin::kLiteral, {}, item.span, item.value, {}};
        Outcome once = Node(script, body, *std::move(current), input);
        current = std::move(once.success);
        JoinInto(current, once.failure);
        all.output = Stronger(all.output, once.output);
      }
      all.success = std::move(current);
      return all;
    }
    std::optional<ShellState> taken = state;
    std::optional<ShellState> untaken = std::move(state);
    if (node.children.size() > 1) {
      Outcome condition = Node(script, node.children[0], *std::move(taken), input);
      taken = std::move(condition.success);
      untaken = std::move(condition.failure);
    }
    if (taken) {
      all = Node(script, body, *std::move(taken), input);
      JoinInto(all.success, all.failure);
      all.failure.reset();
    }
    JoinInto(all.success, untaken);
    return all;
  }

  Outcome SimpleNode(const ShellScript& script, const ShellNode& node, ShellState state,
                     Content input) {
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
      if (content.origin == FileOrigin::kLiteral && !assignment.value.is_literal()) {
        const std::string text = recorder_.view().TextOf(assignment.value, state);
        content.text = Value(MappedText::Synthetic(text, assignment.value.ToSource()));
      }
      state.variables[assignment.name] = std::move(content);
    }
    Outcome outcome = Run(std::move(command), std::move(state));
    Redirect(node, outcome);
    return outcome;
  }

  // Standard input after one more redirection.
  Content Input(const ShellRedirection& redirection, const ShellState& state,
                const ShellView::Substitutions& substitutions, const Content& input) const {
    const ShellView& view = recorder_.view();
    switch (redirection.kind) {
      case ShellRedirection::Kind::kRead: {
        Content content;
        for (const auto& file : view.FilesAt(view.PathOf(redirection.target, state), state)) {
          content = Stronger(content, file.content);
        }
        return content;
      }
      case ShellRedirection::Kind::kHeredoc:
      case ShellRedirection::Kind::kHereString:
        return view.ContentOf(redirection.target, state, substitutions);
      default:
        return input;
    }
  }

  // What is printed goes to a file.
  void Redirect(const ShellNode& node, Outcome& outcome) {
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

  Outcome Run(SimpleCommand command, ShellState state) {
    for (const Value& word : command.words) {
      command.texts.push_back(recorder_.view().TextOf(word, state));
    }
    if (!TakeWrappers(command)) return {std::move(state), std::nullopt, {}};
    const std::string name(command.name());
    if (name == "exit") return Exit(command, std::move(state));
    if (name == "false" || name == "return") return Ended(command, std::move(state));
    if (name == "test" || name == "[" || name == "[[") return Test(command, std::move(state));
    if (name == "trap") {
      if (command.words.size() > 2 &&
          (command.texts.back() == "EXIT" || command.texts.back() == "0")) {
        traps_.push_back(command.words[1]);
      }
      return {std::move(state), std::nullopt, {}};
    }
    if (auto function = functions_.find(name); function != functions_.end()) {
      return Call(function->second, command, std::move(state));
    }
    const bool shell =
        name == "sh" || name == "bash" || name == "dash" || name == "ash" || name == "zsh";
    if (shell || name == "eval") return RunShell(command, shell, std::move(state));
    CommandEffect effect = ApplyCommand(command, recorder_, state);
    Outcome outcome;
    if (!effect.known) outcome.failure = state;
    outcome.success = std::move(state);
    outcome.output = std::move(effect.output);
    return outcome;
  }

  // sh -c SCRIPT, and a script that comes through standard input is not followed.
  Outcome RunShell(const SimpleCommand& command, bool shell, ShellState state) {
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
    if (script < command.words.size()) {
      return RunScript(command.words[script], std::move(state), command.input);
    }
    return {state, state, {}};
  }

  Outcome Exit(const SimpleCommand& command, ShellState state) {
    if (command.texts.size() < 2 || command.texts[1] == "0") {
      std::optional<ShellState> end = std::move(state);
      JoinInto(exits_, end);
    }
    return {};
  }

  static Outcome Ended(const SimpleCommand& command, ShellState state) {
    Outcome outcome;
    const bool good =
        command.name() == "return" && (command.texts.size() < 2 || command.texts[1] == "0");
    (good ? outcome.success : outcome.failure) = std::move(state);
    return outcome;
  }

  // Where `[ -f path ]` fails there is no such file.
  Outcome Test(const SimpleCommand& command, ShellState state) {
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

  Outcome Call(const Function& function, const SimpleCommand& command, ShellState state) {
    if (++calls_ > kMaxCalls) {
      --calls_;
      return {std::move(state), std::nullopt, {}};
    }
    for (size_t i = 1; i < command.words.size(); ++i) {
      state.variables[std::to_string(i)] =
          recorder_.view().ContentOf(command.words[i], state, command.substitutions);
    }
    Outcome outcome = Node(*function.script, function.body, std::move(state), command.input);
    --calls_;
    return outcome;
  }

  const RunContext& context_;
  ImageBuild& build_;
  RunRecorder recorder_;
  std::vector<std::unique_ptr<const ShellScript>> scripts_;
  std::map<std::string, Function, std::less<>> functions_;
  std::vector<Value> traps_;
  std::optional<ShellState> exits_;  // ways that ended with `exit 0`
  size_t work_ = 0;
  int depth_ = 0;
  int calls_ = 0;
};

}  // namespace

void ReplayScript(const Value& script, const RunContext& context, ImageBuild& build,
                  ImageFiles& files) {
  Interpreter(context, build).RunText(script, StateAtStart(context, files), files);
}

void ReplayArgv(const std::vector<Value>& argv, const RunContext& context, ImageBuild& build,
                ImageFiles& files) {
  Interpreter(context, build).RunWords(argv, StateAtStart(context, files), files);
}

}  // namespace oakum
