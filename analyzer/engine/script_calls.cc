#include "analyzer/engine/script_calls.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/model/language.h"

namespace oakum {

const Document* ScriptOf(const Project& project, const Document& document, const Command& command) {
  if (command.argv.empty() || command.host == CommandHost::kDocument) return nullptr;
  const bool shell = command.Program() == "sh" || command.Program() == "bash";
  const Value& word = command.argv[shell && command.argv.size() > 1 ? 1 : 0];
  const std::string path = CleanPath(KnownPath(word));
  if (path.find('/') == path.npos && !path.ends_with(".sh")) return nullptr;
  for (const std::string& folder : {std::string("."), std::string(ParentPath(document.path()))}) {
    const Document* script = project.Find(CleanPath(JoinPath(folder, path)));
    if (script != nullptr && script != &document && script->language() == Language::kShell) {
      return script;
    }
  }
  return nullptr;
}

bool RunsInCheckout(const Project& project, const Document& script) {
  const auto runs_it = [&](const Document& document, const CiStep& step) {
    const auto& commands = document.facts().commands;
    return step.folder.empty() &&
           std::any_of(commands.begin() + step.first_command, commands.begin() + step.end_command,
                       [&](const Command& command) {
                         return ScriptOf(project, document, command) == &script;
                       });
  };
  for (const auto& document : project.documents()) {
    for (const CiJob& job : document->facts().ci_jobs) {
      for (const CiStep& step : job.steps) {
        if (runs_it(*document, step)) return true;
      }
    }
  }
  return false;
}

}  // namespace oakum
