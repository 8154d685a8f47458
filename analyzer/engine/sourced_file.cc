#include "analyzer/engine/sourced_file.h"

#include "analyzer/base/path.h"

namespace oakum {

namespace {

// The part of the path after the last thing that is filled in.
std::string_view LiteralEnd(const Value& path) {
  std::string_view text = path.text();
  if (!path.is_literal()) {
    text = text.substr(path.holes().back().position + 1);
    while (text.starts_with('/')) text.remove_prefix(1);
  }
  return text;
}

const Document* SourcedBy(const Project& project, const Document& script, const Value& path) {
  const std::string_view file = LiteralEnd(path);
  if (file.empty() || file.starts_with('/')) return nullptr;
  const Document* found = project.Find(JoinPath(ParentPath(script.path()), file));
  return found ? found : project.Find(CleanPath(file));
}

}  // namespace

SourcedSetting FindSourced(const Project& project, const Document& script, std::string_view name) {
  SourcedSetting result;
  for (const Command& command : script.facts().commands) {
    const std::string_view program = command.Program();
    if ((program != "." && program != "source") || command.argv.size() < 2) continue;
    const Document* file = SourcedBy(project, script, command.argv[1]);
    if (!file || file == &script) continue;
    for (const Setting& setting : file->facts().settings) {
      if (setting.name == name) result = {file, &setting};
    }
  }
  return result;
}

}  // namespace oakum
