#include "analyzer/model/lower_makefile.h"

#include "analyzer/model/named_values.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

NamedValues MakeVariables(const Makefile& makefile) {
  NamedValues variables(HoleOrigin::kEnvironment);
  for (const MakeVariable& variable : makefile.variables) {
    const bool simple = !variable.append && !variable.command && !variable.conditional;
    variables.Define(variable.name, simple && !variable.value.empty() ? &variable.value : nullptr);
  }
  return variables;
}

void LowerMakefile(const Source& source, Facts& facts) {
  const Makefile makefile = ParseMakefile(source.body());
  const NamedValues variables = MakeVariables(makefile);
  for (const MakeVariable& variable : makefile.variables) {
    if (variable.command) {
      LowerFilledScript(variable.value, variables, CommandHost::kScript, facts);
      continue;
    }
    AddNamedSetting(variable, variables, facts);
  }
  for (const Value& script : makefile.scripts) {
    LowerFilledScript(script, variables, CommandHost::kScript, facts);
  }
}

}  // namespace oakum
