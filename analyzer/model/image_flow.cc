// Lists, pipes, branches, loops and functions of a script.

#include <algorithm>
#include <utility>

#include "analyzer/model/image_interpreter.h"

namespace oakum {
namespace {

constexpr int kMaxDepth = 48;
constexpr int kMaxCalls = 8;
constexpr size_t kMaxUnrolled = 16;

}  // namespace

Outcome ScriptInterpreter::RunScript(const Value& text, ShellState state, const Content& input) {
  if (++calls_ > kMaxCalls) {
    --calls_;
    return {std::move(state), std::nullopt, {}};
  }
  scripts_.push_back(std::make_unique<const ShellScript>(ParseShell(text)));
  Outcome outcome = Node(*scripts_.back(), scripts_.back()->root, std::move(state), input);
  --calls_;
  return outcome;
}

Outcome ScriptInterpreter::Node(const ShellScript& script, uint32_t index, ShellState state,
                                const Content& input) {
  work_ += 1 + state.files.all().size() + context_.shown_files();
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
Outcome ScriptInterpreter::Sequence(const ShellScript& script, const ShellNode& node,
                                    ShellState state, const Content& input) {
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
      all.output = Together(all.output, next.output);
    }
    JoinInto(all.success, skipped);
  }
  JoinInto(all.failure, early);
  return all;
}

// Its folder and variables are its own; its files are not.
Outcome ScriptInterpreter::Subshell(const ShellScript& script, const ShellNode& node,
                                    ShellState state, const Content& input) {
  const ShellState before = state;
  std::optional<ShellState> outer_exits = std::exchange(exits_, std::nullopt);
  Outcome outcome = Sequence(script, node, std::move(state), input);
  JoinInto(outcome.success, exits_);
  exits_ = std::move(outer_exits);
  Restore(before, outcome);
  return outcome;
}

void ScriptInterpreter::Restore(const ShellState& before, Outcome& outcome) {
  for (std::optional<ShellState>* end : {&outcome.success, &outcome.failure}) {
    if (!*end) continue;
    (*end)->directory = before.directory;
    (*end)->variables = before.variables;
    (*end)->sourced = before.sourced;
    (*end)->umask = before.umask;
    (*end)->exit_on_error = before.exit_on_error;
  }
}

Outcome ScriptInterpreter::Pipeline(const ShellScript& script, const ShellNode& node,
                                    ShellState state, Content input) {
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
Outcome ScriptInterpreter::Branch(const ShellScript& script, const ShellNode& node,
                                  ShellState state, const Content& input) {
  Outcome all;
  std::optional<ShellState> untaken = std::move(state);
  auto add = [&all](const Outcome& outcome) {
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

Outcome ScriptInterpreter::Loop(const ShellScript& script, const ShellNode& node, ShellState state,
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

Content ScriptInterpreter::Positional(const SimpleCommand& command, size_t index,
                                      const ShellState& state) const {
  const ShellView& view = recorder_.view();
  Content content = view.ContentOf(command.words[index], state, command.substitutions);
  if (command.texts[index].starts_with('~')) {
    content.shown = view.PathOf(command.words[index], state);
  } else if (!content.IsSecret() && !command.words[index].HasHole(HoleOrigin::kCommand)) {
    content.shown = command.texts[index];
  }
  return content;
}

Outcome ScriptInterpreter::Call(const Function& function, const SimpleCommand& command,
                                ShellState state) {
  if (++calls_ > kMaxCalls) {
    --calls_;
    return {std::move(state), std::nullopt, {}};
  }
  for (size_t i = 1; i < command.words.size(); ++i) {
    state.variables[std::to_string(i)] = Positional(command, i, state);
  }
  Outcome outcome = Node(*function.script, function.body, std::move(state), command.input);
  --calls_;
  return outcome;
}

}  // namespace oakum
