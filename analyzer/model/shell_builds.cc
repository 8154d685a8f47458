#include "analyzer/model/shell_builds.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/fill_holes.h"
#include "analyzer/base/one_of.h"
#include "analyzer/model/build_request.h"

namespace oakum {

namespace {

constexpr size_t kMaxCalls = 32;

bool IsNumber(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

bool IsAllArguments(const Value& word) {
  const Hole* hole = word.OnlyHole();
  return hole != nullptr && (hole->name == "@" || hole->name == "*");
}

// "${FLAGS[@]}": words that are not known.
bool IsArray(const Value& word) {
  const Hole* hole = word.OnlyHole();
  return hole != nullptr && !IsNumber(hole->name) && hole->span.size() == hole->name.size() + 6;
}

bool HasParameters(const Command& command) {
  return std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
    return std::any_of(word.holes().begin(), word.holes().end(), [](const auto& placed) {
      const std::string_view name = placed.hole.name;
      return name == "@" || name == "*" || IsNumber(name);
    });
  });
}

// The words of a command of the body, as one call makes them.
struct Words {
  std::vector<Value> argv;
  std::vector<Span> spans;
};

// One call of a function.
class Call {
 public:
  Call(const ShellScript& script, const ShellNode& call) : script_(script) {
    for (size_t i = 1; i < call.words.size(); ++i) arguments_.push_back(&call.words[i]);
  }

  void Run(const ShellNode& node) {
    if (node.kind == ShellNodeKind::kCommand) return Simple(node);
    for (const uint32_t child : node.children) Run(script_[child]);
  }

  // Of the command there, or null.
  const Words* At(Span command) const {
    const auto found = commands_.find(command);
    return found == commands_.end() ? nullptr : &found->second;
  }

 private:
  void Simple(const ShellNode& node) {
    const std::string_view name =
        node.words.empty() ? std::string_view() : node.words[0].value.text();
    if (name == "shift") return Shift(node);
    const bool declares = IsOneOf(name, {"local", "declare", "typeset", "readonly", "export"});
    if (name.empty() || declares) {
      for (const ShellAssignment& assignment : node.assignments) {
        if (assignment.array || assignment.append) continue;
        variables_[assignment.name] = Filled(assignment.value);
      }
      return;
    }
    Words words;
    for (const ShellWord& word : node.words) {
      if (IsArray(word.value)) continue;
      if (!IsAllArguments(word.value)) {
        words.argv.push_back(Filled(word.value));
        words.spans.push_back(word.span);
        continue;
      }
      for (const ShellWord* argument : arguments_) {
        words.argv.push_back(argument->value);
        words.spans.push_back(argument->span);
      }
    }
    commands_.try_emplace(node.span, std::move(words));
  }

  void Shift(const ShellNode& node) {
    size_t count = 1;
    if (node.words.size() > 1) {
      const std::string_view text = node.words[1].value.text();
      std::from_chars(text.data(), text.data() + text.size(), count);
    }
    count = std::min(count, arguments_.size());
    arguments_.erase(arguments_.begin(), arguments_.begin() + static_cast<std::ptrdiff_t>(count));
  }

  const Value* Find(const Hole& hole) const {
    if (!IsNumber(hole.name)) {
      const auto known = variables_.find(hole.name);
      return known == variables_.end() ? nullptr : &known->second;
    }
    size_t index = 0;
    std::from_chars(hole.name.data(), hole.name.data() + hole.name.size(), index);
    if (index > 0 && index <= arguments_.size()) return &arguments_[index - 1]->value;
    return hole.fallback.get();
  }

  Value Filled(const Value& word) const {
    return FillHoles(word, [this](const Hole& hole) {
      const Value* known = Find(hole);
      return known == nullptr ? std::nullopt : std::optional<Value>(*known);
    });
  }

  const ShellScript& script_;
  std::vector<const ShellWord*> arguments_;
  std::map<std::string, Value, std::less<>> variables_;
  std::map<Span, Words> commands_;
};

// `command` with the words of the call, from the program that the command is on.
Command WithWords(const Command& command, const Words& words,
                  const std::function<Value(const Value&)>& resolve) {
  Command own = command;
  own.argv.clear();
  own.argument_spans.clear();
  own.stdin_from = own.stdout_to = -1;
  for (size_t i = 0; i < words.argv.size(); ++i) {
    const Value& word = words.argv[i];
    if (own.argv.empty() && word.text() != command.argv[0].text()) continue;
    own.argv.push_back(resolve(word));
    own.argument_spans.push_back(words.spans[i]);
  }
  return own;
}

}  // namespace

void ExpandBuilds(const ShellScript& script, const ShellNode& function, const ShellCalls& calls,
                  const std::function<Value(const Value&)>& resolve, size_t first, Facts& facts) {
  const std::vector<const ShellNode*>& callers = calls.CallsOf(function);
  if (callers.empty() || callers.size() > kMaxCalls || calls.Forwarded(function) != nullptr) return;
  std::vector<size_t> builds;
  for (size_t i = first; i < facts.commands.size(); ++i) {
    const Command& command = facts.commands[i];
    if (HasParameters(command) && BuildRequestOf(command)) builds.push_back(i);
  }
  if (builds.empty()) return;
  std::vector<Call> made;
  for (const ShellNode* caller : callers) {
    made.emplace_back(script, *caller).Run(function);
  }
  for (const size_t build : builds) {
    const Command generic = facts.commands[build];
    bool replaced = false;
    for (const Call& call : made) {
      const Words* words = call.At(generic.span);
      if (words == nullptr) continue;
      Command own = WithWords(generic, *words, resolve);
      if (own.argv.empty()) continue;
      if (replaced) {
        facts.commands.push_back(std::move(own));
      } else {
        facts.commands[build].argv = std::move(own.argv);
        facts.commands[build].argument_spans = std::move(own.argument_spans);
        replaced = true;
      }
    }
  }
}

}  // namespace oakum
