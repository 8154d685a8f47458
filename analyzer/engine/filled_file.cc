#include "analyzer/engine/filled_file.h"

#include <algorithm>
#include <vector>

#include "analyzer/engine/document.h"

namespace oakum {

namespace {

bool IsPathTo(std::string_view path, std::string_view name) {
  return path.ends_with(name) &&
         (path.size() == name.size() || path[path.size() - name.size() - 1] == '/');
}

// Whether a command reads a file of that name; what it writes may be called like it.
bool Reads(const Command& command, std::string_view name) {
  const auto read = [name](const Redirection& redirection) {
    return redirection.kind == Redirection::Kind::kRead &&
           IsPathTo(redirection.target.text(), name);
  };
  const auto named = [name](const Value& word) { return IsPathTo(word.text(), name); };
  return std::any_of(command.redirections.begin(), command.redirections.end(), read) ||
         std::any_of(command.argv.begin(), command.argv.end(), named);
}

}  // namespace

bool IsFilledIn(const Project& project, std::string_view name) {
  for (const auto& other : project.documents()) {
    const std::string_view text = other->source().text();
    if (text.find("envsubst") == text.npos && text.find("sed ") == text.npos) continue;
    const std::vector<Command>& commands = other->facts().commands;
    for (const Command& command : commands) {
      if (command.Program() != "envsubst" && command.Program() != "sed") continue;
      if (Reads(command, name)) return true;
      const int from = command.stdin_from;
      if (from >= 0 && Reads(commands[static_cast<size_t>(from)], name)) return true;
    }
  }
  return false;
}

}  // namespace oakum
