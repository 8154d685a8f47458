#include "analyzer/model/lower_makefile.h"

#include <utility>

#include "analyzer/model/derive.h"
#include "analyzer/model/named_values.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

namespace {

NamedValues VariablesOf(const Makefile& makefile) {
  NamedValues variables(HoleOrigin::kEnvironment);
  for (const MakeVariable& variable : makefile.variables) {
    const bool simple = !variable.append && !variable.command && !variable.conditional;
    variables.Define(variable.name, simple && !variable.value.empty() ? &variable.value : nullptr);
  }
  return variables;
}

}  // namespace

void LowerMakefile(const Source& source, Facts& facts) {
  const Makefile makefile = ParseMakefile(source.body());
  const NamedValues variables = VariablesOf(makefile);
  for (const MakeVariable& variable : makefile.variables) {
    if (variable.command) {
      LowerFilledScript(variable.value, variables, CommandHost::kScript, facts);
      continue;
    }
    Setting setting;
    setting.name = variable.name;
    setting.value = variables.Fill(variable.value);
    setting.name_span = variable.name_span;
    setting.span = variable.span;
    setting.scope = SettingScope::kShell;
    DeriveFromAssignment({variable.name, setting.value, variable.span, variable.exported},
                         CommandHost::kScript, facts);
    facts.settings.push_back(std::move(setting));
  }
  for (const Value& script : makefile.scripts) {
    LowerFilledScript(script, variables, CommandHost::kScript, facts);
  }
}

}  // namespace oakum
