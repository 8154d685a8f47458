#include "analyzer/model/embedded_program.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/base/one_of.h"
#include "analyzer/base/path.h"
#include "analyzer/model/command.h"
#include "analyzer/model/command_text.h"
#include "analyzer/model/language.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

// Where the program of an interpreter's command line is.
struct ProgramSource {
  const Value* text = nullptr;  // after -c
  bool input = false;           // what comes through standard input
};

ProgramSource SourceOf(const Command& command) {
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& argument = command.argv[i];
    const std::string_view word = argument.is_literal() ? argument.text() : std::string_view();
    if (word == "-" || word == "/dev/stdin") return {nullptr, true};
    if (word.size() < 2 || word[0] != '-') return {};  // a file
    const bool short_options = word[1] != '-';
    if (short_options && word.ends_with('c')) {
      return {i + 1 < command.argv.size() ? &command.argv[i + 1] : nullptr, false};
    }
    if (word == "-W" || word == "-X" || word == "--check-hash-based-pycs") ++i;
  }
  return {nullptr, true};
}

// What the command at `index` reads. Of one that another starts elsewhere, as `kubectl exec -i POD
// -- python -`, it is what that other one is given.
std::optional<Value> InputAt(size_t index, const Facts& facts) {
  const Command& command = facts.commands[index];
  std::optional<Value> text = InputOf(command, facts).text;
  if (text || index == 0) return text;
  const Command& starter = facts.commands[index - 1];
  const bool starts = starter.span == command.span &&
                      IsOneOf(starter.Program(), {"kubectl", "oc", "docker", "podman", "nerdctl"});
  return starts ? InputOf(starter, facts).text : text;
}

}  // namespace

bool IsPythonInterpreter(std::string_view program) {
  program = BaseName(program);
  for (std::string_view name : {"python", "pypy"}) {
    if (!program.starts_with(name)) continue;
    const std::string_view version = program.substr(name.size());
    return std::all_of(version.begin(), version.end(),
                       [](char c) { return c == '.' || IsDigit(c); });
  }
  return false;
}

bool IsPosixShell(std::string_view program) {
  program = BaseName(program);
  return program.ends_with("sh") && !IsOneOf(program, {"csh", "fish", "pwsh", "tcsh"});
}

void CollectPrograms(Facts& facts) {
  // Lowering adds to the commands that are read here.
  std::vector<Value> programs;
  std::set<Span> seen;
  const auto add = [&programs, &seen](const Value& text) {
    if (MayHandOver(text.text()) && seen.insert(text.ToSource()).second) programs.push_back(text);
  };
  for (size_t i = 0; i < facts.commands.size(); ++i) {
    const Command& command = facts.commands[i];
    if (command.host == CommandHost::kProgram || command.argv.empty()) continue;
    for (const FileWrite& write : WritesOf(command, facts.commands)) {
      if (LanguageOfPath(write.path.Describe()) == Language::kPython) add(write.text);
    }
    if (!IsPythonInterpreter(command.Program())) continue;
    const ProgramSource source = SourceOf(command);
    if (source.text) add(*source.text);
    if (!source.input) continue;
    if (const std::optional<Value> text = InputAt(i, facts)) add(*text);
  }
  for (const Value& program : programs) LowerProgram(program, facts);
}

}  // namespace oakum
