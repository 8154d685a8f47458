#include "analyzer/model/command_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/model/facts.h"
#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

constexpr int kMaxSteps = 8;  // of variables, substitutions and pipes

bool IsInput(std::string_view path) {
  return path == "-" || path == "/dev/stdin" || path == "/dev/fd/0" || path == "/proc/self/fd/0";
}

class Follower {
 public:
  explicit Follower(const Facts& facts) : facts_(facts) {}

  TextOrigin Output(const Command& command, int steps) const {
    if (std::optional<Value> text = PrintedText(command)) return {std::move(text), ""};
    if (command.argv.empty()) return Input(command, steps);  // $(< file)
    const std::string_view program = command.Program();
    const bool filter = program == "sed" || program == "jq" || program == "tr";
    if (!filter && program != "cat" && program != "envsubst" && program != "tee") return {};
    if (program == "cat" || program == "sed" || program == "jq") {
      if (const Value* file = FileArgument(command, filter)) return {{}, file->Describe()};
    }
    return Input(command, steps);
  }

  TextOrigin Input(const Command& command, int steps) const {
    for (const Redirection& redirection : command.redirections) {
      if (redirection.kind == Redirection::Kind::kHeredoc ||
          redirection.kind == Redirection::Kind::kHereString) {
        return Word(redirection.target, steps + 1);
      }
      if (redirection.kind == Redirection::Kind::kRead && redirection.fd <= 1) {
        return {{}, redirection.target.Describe()};
      }
    }
    const size_t writer = static_cast<size_t>(command.stdin_from);
    if (command.stdin_from < 0 || writer >= facts_.commands.size() || steps >= kMaxSteps) return {};
    return Output(facts_.commands[writer], steps + 1);
  }

  TextOrigin Word(const Value& word, int steps) const {
    const Value trimmed = word.Trimmed();
    const Hole* hole = trimmed.OnlyHole();
    if (hole == nullptr || steps >= kMaxSteps) return {word, ""};
    if (hole->origin == HoleOrigin::kCommand) return Substitution(hole->span, steps);
    if (hole->origin == HoleOrigin::kEnvironment) return Variable(hole->name, steps);
    return {word, ""};
  }

 private:
  // The last argument that can be a file; the first one of a filter is its program text.
  static const Value* FileArgument(const Command& command, bool filter) {
    size_t words = 0;
    const Value* last = nullptr;
    for (size_t i = 1; i < command.argv.size(); ++i) {
      const std::string_view word = command.argv[i].text();
      if (word.starts_with("--arg")) i += 2;  // jq: --arg NAME VALUE
      if (word.size() > 1 && word.starts_with('-')) continue;
      ++words;
      last = &command.argv[i];
    }
    if (words < (filter ? 2u : 1u) || IsInput(last->text())) return nullptr;
    return last;
  }

  // `$(...)` yields what its last command prints.
  TextOrigin Substitution(Span span, int steps) const {
    const Command* last = nullptr;
    for (const Command& command : facts_.commands) {
      if (command.captured && span.Contains(command.span)) last = &command;
    }
    return last == nullptr ? TextOrigin() : Output(*last, steps + 1);
  }

  TextOrigin Variable(const std::string& name, int steps) const {
    const auto setting = std::find_if(
        facts_.settings.rbegin(), facts_.settings.rend(),
        [&](const Setting& s) { return s.scope == SettingScope::kShell && s.name == name; });
    if (setting != facts_.settings.rend()) return Word(setting->value, steps + 1);
    for (const Command& command : facts_.commands) {
      const std::string_view program = command.Program();
      const size_t count = command.argv.size();
      if (program == "read" && count > 1 && command.argv.back().text() == name) {
        return Input(command, steps + 1);
      }
      if (program == "printf" && count > 3 && command.argv[1].text() == "-v" &&
          command.argv[2].text() == name) {
        Command printed = command;
        printed.argv.erase(printed.argv.begin() + 1, printed.argv.begin() + 3);
        return Output(printed, steps + 1);
      }
    }
    return {};
  }

  const Facts& facts_;
};

}  // namespace

TextOrigin OutputOf(const Command& command, const Facts& facts) {
  return Follower(facts).Output(command, 0);
}

TextOrigin InputOf(const Command& command, const Facts& facts) {
  return Follower(facts).Input(command, 0);
}

TextOrigin OriginOf(const Value& word, const Facts& facts) {
  return Follower(facts).Word(word, 0);
}

}  // namespace oakum
