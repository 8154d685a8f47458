#include "analyzer/model/lower_justfile.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/model/lower_python.h"
#include "analyzer/model/named_values.h"
#include "analyzer/syntax/justfile.h"

namespace oakum {

namespace {

bool IsShell(std::string_view interpreter) {
  constexpr std::array<std::string_view, 6> kShells = {"", "sh", "bash", "dash", "ksh", "zsh"};
  return std::find(kShells.begin(), kShells.end(), interpreter) != kShells.end();
}

void LowerRecipe(const JustRecipe& recipe, NamedValues values, std::string_view shell,
                 Facts& facts) {
  for (const JustVariable& parameter : recipe.parameters) {
    values.Redefine(parameter.name, parameter.value.empty() ? nullptr : &parameter.value);
    if (!parameter.value.empty()) AddNamedSetting(parameter, values, facts);
  }
  const std::string_view interpreter = recipe.interpreter.empty() ? shell : recipe.interpreter;
  for (const Value& script : recipe.scripts) {
    if (IsShell(interpreter)) {
      LowerFilledScript(script, values, CommandHost::kScript, facts);
    } else if (interpreter.starts_with("python")) {
      LowerProgram(values.Fill(script), facts);
    }
  }
}

}  // namespace

void LowerJustfile(const Source& source, Facts& facts) {
  const Justfile justfile = ParseJustfile(source.body());
  NamedValues values(HoleOrigin::kExpression);
  for (const JustVariable& variable : justfile.variables) {
    values.Define(variable.name, variable.value.empty() ? nullptr : &variable.value);
  }
  for (const JustVariable& variable : justfile.variables) AddNamedSetting(variable, values, facts);
  const size_t first = facts.commands.size();
  for (const Value& command : justfile.commands) {
    LowerFilledScript(command, values, CommandHost::kScript, facts);
  }
  for (size_t i = first; i < facts.commands.size(); ++i) facts.commands[i].captured = true;
  for (const JustRecipe& recipe : justfile.recipes) {
    LowerRecipe(recipe, values, justfile.shell, facts);
  }
}

}  // namespace oakum
