#include <utility>

#include "analyzer/model/derive.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/uri_hint.h"
#include "analyzer/syntax/notebook.h"

namespace oakum {

void LowerNotebook(const Source& source, Facts& facts) {
  // Its shell lines matter for what they say in words, too.
  const std::string_view text = source.text();
  if (!MayHandOver(text) && !ContainsAny(text, {"netrc", "login", "chmod", "_TOKEN", "uthorization",
                                                "curl", "wget", "configure set"}))
    return;
  const Notebook notebook = ParseNotebook(Value(source.body()));
  if (notebook.error) {
    facts.notices.push_back({notebook.error->message, notebook.error->span.value_or(Span{})});
  }
  for (const Notebook::Variable& variable : notebook.variables) {
    Setting setting;
    setting.name = variable.name.Describe();
    setting.value = variable.value;
    setting.name_span = variable.name.ToSource();
    setting.span = Span::Cover(setting.name_span, variable.value.ToSource());
    setting.scope = SettingScope::kProgram;
    AddSetting(std::move(setting), facts);
  }
  for (const Value& script : notebook.scripts) {
    LowerShellText(script, CommandHost::kNotebook, facts);
  }
  LowerProgram(notebook.python, facts);
}

}  // namespace oakum
