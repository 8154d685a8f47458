#include "analyzer/model/lower_shell.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/model/derive.h"
#include "analyzer/model/shell_builds.h"
#include "analyzer/model/shell_calls.h"
#include "analyzer/model/shell_variables.h"
#include "analyzer/model/wrappers.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

namespace {

constexpr int kMaxNestedScripts = 8;  // sh -c "sh -c ..."

struct Context {
  bool conditional = false;
  bool captured = false;
  int depth = 0;  // of scripts in scripts
};

class Lowering {
 public:
  Lowering(CommandHost host, uint32_t size, Facts& facts)
      : host_(host), facts_(facts), variables_(size) {}

  void Run(const Value& text) {
    Script(text, {});
    if (variables_.complete()) return;
    facts_.notices.push_back(
        {"its variables were not all filled in: their values grow too large", text.ToSource()});
  }

  void Argv(std::vector<Value> argv, Span span, Context context) {
    Command command;
    command.argv = std::move(argv);
    command.span = span;
    Emit(std::move(command), context);
  }

 private:
  // Of an array, with the place it was set at.
  struct Item {
    Value value;
    Span span;
  };

  void Script(const Value& text, Context context) {
    const ShellScript script = ParseShell(text);
    for (const Error& notice : script.notices) {
      facts_.notices.push_back({notice.message, notice.span.value_or(text.ToSource())});
    }
    const ShellCalls calls(script);
    const ShellCalls* const outer = std::exchange(calls_, &calls);
    Node(script, script.root, context);
    calls_ = outer;
  }

  // Nesting is bounded by ShellLimits::depth and kMaxNestedScripts.
  void Node(const ShellScript& script, uint32_t index, Context context) {
    const ShellNode& node = script[index];
    const bool alternative = node.connector == ShellConnector::kOr;
    const size_t before = variables_.mark();
    context.conditional |= alternative;
    Substitutions(script, node, context);
    Dispatch(script, node, context);
    if (alternative) variables_.Forget(before);
  }

  void Dispatch(const ShellScript& script, const ShellNode& node, const Context& context) {
    const size_t first = facts_.commands.size();
    const size_t mark = variables_.mark();
    switch (node.kind) {
      case ShellNodeKind::kCommand:
        return Simple(node, context);
      case ShellNodeKind::kSequence:
      case ShellNodeKind::kGroup:
        Children(script, node, context);
        break;
      case ShellNodeKind::kSubshell:
        Children(script, node, context);
        variables_.Restore(mark);
        break;
      case ShellNodeKind::kPipeline:
        Pipeline(script, node, context);
        variables_.Restore(mark);
        break;
      case ShellNodeKind::kFunction:
        Bind(calls_->Parameters(node));
        Children(script, node, context);
        ExpandBuilds(script, node, *calls_, resolve_, first, facts_);
        variables_.Forget(mark);
        Define(node);
        break;
      case ShellNodeKind::kBranch:
        Branch(script, node, context);
        break;
      case ShellNodeKind::kLoop:
        Loop(script, node, context);
        break;
    }
    Redirect(node, first);
  }

  void Bind(const std::vector<const ShellWord*>& parameters) {
    for (size_t i = 0; i < parameters.size(); ++i) {
      variables_.Set(std::to_string(i + 1), variables_.Resolve(parameters[i]->value));
    }
  }

  // `kc() { kubectl -n ray "$@"; }`: a function that is one command with all of its arguments.
  void Define(const ShellNode& function) {
    forwarders_.erase(function.name);
    const ShellNode* body = calls_->Forwarded(function);
    if (body == nullptr) return;
    Command command;
    for (size_t i = 0; i + 1 < body->words.size(); ++i) AddWord(body->words[i], command);
    if (!command.argv.empty()) forwarders_[function.name] = std::move(command.argv);
  }

  // A call of such a function is the command. Once: `kubectl() { command kubectl "$@"; }`.
  void Forward(Command& command) const {
    if (command.argv.empty() || !command.argv[0].is_literal()) return;
    const auto at = forwarders_.find(std::string(command.argv[0].text()));
    if (at == forwarders_.end()) return;
    std::vector<Value> argv = at->second;
    std::vector<Span> spans(argv.size(), command.argument_spans.front());
    argv.insert(argv.end(), command.argv.begin() + 1, command.argv.end());
    spans.insert(spans.end(), command.argument_spans.begin() + 1, command.argument_spans.end());
    command.argv = std::move(argv);
    command.argument_spans = std::move(spans);
  }

  void Children(const ShellScript& script, const ShellNode& node, const Context& context) {
    for (const uint32_t child : node.children) Node(script, child, context);
  }

  void Substitutions(const ShellScript& script, const ShellNode& node, Context context) {
    context.captured = true;
    for (const uint32_t inner : node.substitutions) {
      const size_t mark = variables_.mark();
      Node(script, inner, context);
      variables_.Restore(mark);
    }
  }

  void Pipeline(const ShellScript& script, const ShellNode& node, const Context& context) {
    size_t before_begin = 0;
    size_t before_end = 0;
    for (const uint32_t child : node.children) {
      const size_t begin = facts_.commands.size();
      Node(script, child, context);
      const size_t end = facts_.commands.size();
      if (before_begin < before_end && begin < end) {
        // The part's own commands come after those of its substitutions.
        size_t reader = begin;
        while (reader + 1 < end && facts_.commands[reader].captured && !context.captured) ++reader;
        facts_.commands[reader].stdin_from = static_cast<int>(before_end - 1);
        for (size_t i = before_begin; i < before_end; ++i) {
          Command& writer = facts_.commands[i];
          if (writer.stdout_to < 0 && writer.captured == context.captured) {
            writer.stdout_to = static_cast<int>(reader);
          }
        }
      }
      before_begin = begin;
      before_end = end;
    }
  }

  // The first part is the condition, which always runs; of a case, every part may not.
  void Branch(const ShellScript& script, const ShellNode& node, const Context& context) {
    Context inner = context;
    const size_t mark = variables_.mark();
    for (size_t i = 0; i < node.children.size(); ++i) {
      inner.conditional = context.conditional || i > 0 || !node.items.empty();
      const size_t part = variables_.mark();
      Node(script, node.children[i], inner);
      if (inner.conditional) variables_.Forget(part);
    }
    variables_.Forget(mark);
  }

  void Loop(const ShellScript& script, const ShellNode& node, Context context) {
    context.conditional = true;
    const size_t mark = variables_.mark();
    if (!node.name.empty()) variables_.Set(node.name, std::nullopt);
    variables_.UnsetAssigned(script, node);
    Children(script, node, context);
    variables_.Forget(mark);
  }

  // A redirection of a group, subshell or loop is one of every command in it.
  void Redirect(const ShellNode& node, size_t first) {
    if (node.redirections.empty()) return;
    for (size_t i = first; i < facts_.commands.size(); ++i) {
      Command& command = facts_.commands[i];
      if (!command.captured) AddRedirections(node, command);
    }
  }

  void AddRedirections(const ShellNode& node, Command& command) {
    for (const ShellRedirection& redirection : node.redirections) {
      if (redirection.kind == ShellRedirection::Kind::kDuplicate) continue;
      Redirection out;
      static_assert(static_cast<int>(Redirection::Kind::kHereString) ==
                    static_cast<int>(ShellRedirection::Kind::kHereString));
      out.kind = static_cast<Redirection::Kind>(redirection.kind);
      out.fd = redirection.fd;
      out.target = variables_.Resolve(redirection.target).value;
      out.span = redirection.span;
      command.redirections.push_back(std::move(out));
    }
  }

  void Simple(const ShellNode& node, const Context& context) {
    Command command;
    command.span = node.span;
    for (const ShellWord& word : node.words) AddWord(word, command);
    Forward(command);
    const std::string_view program = command.Program();
    const bool declares = program == "export" || program == "readonly" || program == "declare" ||
                          program == "typeset" || program == "local";
    for (const ShellAssignment& assignment : node.assignments) {
      if (assignment.array) AssignArray(assignment);
      ResolvedValue value = variables_.Resolve(assignment.value);
      if (assignment.append) value = variables_.Appended(assignment, value);
      if (command.argv.empty() || declares) {
        Assign(assignment, std::move(value), program == "export");
      } else {
        command.environment.push_back(
            {assignment.name, std::move(value.value), assignment.span, true});
      }
    }
    if (command.argv.empty() && node.redirections.empty()) return;
    if (declares && !node.assignments.empty()) return;
    if (program == "unset" || program == "read") {
      for (const ShellWord& word : node.words) {
        variables_.Set(std::string(word.value.text()), std::nullopt);
      }
    }
    if (program == ":") variables_.SetDefaults(node);
    AddRedirections(node, command);
    Emit(std::move(command), context);
  }

  // Unquoted, a variable of several words becomes several arguments.
  void AddWord(const ShellWord& word, Command& command) {
    if (const std::vector<Item>* items = ArrayOf(word)) {
      for (const Item& item : *items) {
        command.argv.push_back(item.value);
        command.argument_spans.push_back(item.span);
      }
      return;
    }
    Value value = variables_.Resolve(word.value).value;
    if (word.quoted || !word.value.OnlyHole() || value.OnlyHole()) {
      command.argv.push_back(std::move(value));
      command.argument_spans.push_back(word.span);
      return;
    }
    const std::string_view text = value.text();
    size_t begin = text.find_first_not_of(" \t\n");
    while (begin != std::string_view::npos) {
      const size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
      command.argv.push_back(
          value.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}));
      command.argument_spans.push_back(word.span);
      begin = text.find_first_not_of(" \t\n", end);
    }
  }

  // "${ARGS[@]}" of an array that the script itself filled.
  const std::vector<Item>* ArrayOf(const ShellWord& word) const {
    const Hole* hole = word.value.OnlyHole();
    if (!hole || hole->span.size() != hole->name.size() + 6) return nullptr;  // ${...[@]}
    const auto at = arrays_.find(hole->name);
    return at == arrays_.end() ? nullptr : &at->second;
  }

  void AssignArray(const ShellAssignment& assignment) {
    std::vector<Item>& items = arrays_[assignment.name];
    Command collected;
    for (const ShellWord& word : assignment.items) AddWord(word, collected);
    if (!assignment.append) items.clear();
    constexpr size_t kMaxItems = 256;
    for (size_t i = 0; i < collected.argv.size() && items.size() < kMaxItems; ++i) {
      items.push_back({std::move(collected.argv[i]), collected.argument_spans[i]});
    }
  }

  void Assign(const ShellAssignment& assignment, ResolvedValue value, bool exported) {
    Setting setting;
    setting.name = assignment.name;
    setting.value = value.value;
    setting.name_span = assignment.name_span;
    setting.span = assignment.span;
    setting.scope = SettingScope::kShell;
    facts_.settings.push_back(std::move(setting));
    DeriveFromAssignment({assignment.name, value.value, assignment.span, exported}, host_, facts_);
    if (assignment.array) {
      variables_.Set(assignment.name, std::nullopt);
    } else {
      variables_.Set(assignment.name, std::move(value));
    }
  }

  void Emit(Command command, Context context) {
    command.host = host_;
    command.script = script_;
    command.conditional = context.conditional;
    command.captured = context.captured;
    Unwrapped inner = Unwrap(std::move(command.argv));
    command.sudo |= inner.sudo;
    command.other_user |= inner.other_user;
    std::move(inner.environment.begin(), inner.environment.end(),
              std::back_inserter(command.environment));
    ++context.depth;
    if (inner.script) {
      for (const Assignment& assignment : command.environment) {
        DeriveFromAssignment(assignment, host_, facts_);
      }
      const size_t first = facts_.commands.size();
      if (context.depth <= kMaxNestedScripts) Nested(*inner.script, context);
      for (size_t i = first; i < facts_.commands.size(); ++i) {
        Command& nested = facts_.commands[i];
        nested.sudo |= command.sudo;
        nested.other_user |= command.other_user;
        nested.redirections.insert(nested.redirections.end(), command.redirections.begin(),
                                   command.redirections.end());
      }
      return;
    }
    if (inner.reads_script) {
      for (const Redirection& redirection : command.redirections) {
        if (redirection.kind == Redirection::Kind::kHeredoc && context.depth <= kMaxNestedScripts) {
          Nested(redirection.target, context);
        }
      }
    }
    command.argv = std::move(inner.argv);
    auto& spans = command.argument_spans;
    const size_t taken = std::min(inner.taken, spans.size());
    spans.erase(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(taken));
    spans.resize(std::min(spans.size(), command.argv.size()));
    const Span span = command.span;
    const bool shallow = context.depth <= kMaxNestedScripts;
    if (!inner.before.empty() && shallow) Argv(std::move(inner.before), span, context);
    DeriveFromCommand(command, facts_);
    facts_.commands.push_back(std::move(command));
    if (!inner.also.empty() && shallow) Argv(std::move(inner.also), span, context);
  }

  // A script of its own: it sees exported variables at most, and sets none of ours.
  void Nested(const Value& script, const Context& context) {
    const size_t mark = variables_.mark();
    Script(script, context);
    variables_.Restore(mark);
  }

  const CommandHost host_;
  Facts& facts_;
  const uint32_t script_ = static_cast<uint32_t>(facts_.commands.size());
  ShellVariables variables_;
  const ShellCalls* calls_ = nullptr;                     // of the script that is being lowered
  std::map<std::string, std::vector<Item>> arrays_;       // a branch's too: what may be in them
  std::map<std::string, std::vector<Value>> forwarders_;  // by function name
  const std::function<Value(const Value&)> resolve_ = [this](const Value& word) {
    return variables_.Resolve(word).value;
  };
};

}  // namespace

void LowerShellText(const Value& script, CommandHost host, Facts& facts) {
  Lowering(host, script.size(), facts).Run(script);
}

void LowerArgv(std::vector<Value> argv, Span span, CommandHost host, Facts& facts) {
  Lowering(host, 0, facts).Argv(std::move(argv), span, {});
}

void LowerShellScript(const Source& source, Facts& facts) {
  LowerShellText(Value(source.body()), CommandHost::kScript, facts);
}

}  // namespace oakum
