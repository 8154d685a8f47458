#include "analyzer/model/unread_setting.h"

#include <algorithm>
#include <array>
#include <utility>

namespace oakum {

namespace {

constexpr auto kPrefixes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"PIP_", "pip"},
    {"UV_", "uv"},
});
constexpr auto kVariables =
    std::to_array<std::string_view>({"NETRC", "NETRC_FILE", "NETRC_PATH", "USE_NETRC"});
constexpr auto kKeys =
    std::to_array<std::string_view>({"netrc", "netrc-file", "netrc-path", "use-netrc"});

template <typename List>
bool IsOneOf(std::string_view text, const List& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view LastPart(std::string_view key) {
  return key.substr(key.rfind('.') + 1);
}

bool HasHole(const Value& value, std::string_view name) {
  return std::any_of(value.holes().begin(), value.holes().end(),
                     [name](const Value::PlacedHole& placed) { return placed.hole.name == name; });
}

bool Uses(const Command& command, std::string_view name) {
  const auto uses = [name](const auto& part) { return HasHole(part, name); };
  return std::any_of(command.argv.begin(), command.argv.end(), uses) ||
         std::any_of(command.redirections.begin(), command.redirections.end(),
                     [&](const Redirection& redirection) { return uses(redirection.target); }) ||
         std::any_of(command.environment.begin(), command.environment.end(),
                     [&](const Assignment& assignment) { return uses(assignment.value); });
}

}  // namespace

std::string_view UnreadNetrcSetting(const Setting& setting) {
  const std::string_view name = setting.name;
  if (setting.scope != SettingScope::kFile) {
    for (const auto& [prefix, tool] : kPrefixes) {
      if (name.starts_with(prefix) && IsOneOf(name.substr(prefix.size()), kVariables)) return tool;
    }
    return "";
  }
  if (!IsOneOf(LastPart(name), kKeys)) return "";
  if (setting.file_kind == "pip.conf") return "pip";
  const bool uv = setting.file_kind == "uv" || name.starts_with("tool.uv.");
  return uv ? "uv" : "";
}

const Value* UnreadPipConfig(const Command& command) {
  const std::vector<Value>& argv = command.argv;
  if (!command.Program().starts_with("pip")) return nullptr;
  for (size_t i = 1; i + 3 < argv.size(); ++i) {
    if (argv[i].text() != "config") continue;
    // Options may stand between the words.
    std::vector<const Value*> words;
    for (size_t j = i + 1; j < argv.size(); ++j) {
      if (!argv[j].text().starts_with("--")) words.push_back(&argv[j]);
    }
    const bool sets = words.size() == 3 && words[0]->text() == "set";
    return sets && IsOneOf(LastPart(words[1]->text()), kKeys) ? words[2] : nullptr;
  }
  return nullptr;
}

bool UsesVariable(const std::vector<Command>& commands, std::string_view name) {
  return std::any_of(commands.begin(), commands.end(),
                     [name](const Command& command) { return Uses(command, name); });
}

Span ValuePlace(const Setting& setting) {
  const Span value = setting.value.ToSource();
  if (setting.value.empty()) return setting.name_span;
  return setting.span.Contains(value) ? value : setting.span;
}

}  // namespace oakum
