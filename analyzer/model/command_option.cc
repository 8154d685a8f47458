#include "analyzer/model/command_option.h"

#include <algorithm>

namespace oakum {

std::vector<Value> OptionsOf(const Command& command, std::string_view name) {
  std::vector<Value> values;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const std::string_view word = command.argv[i].text();
    if (!word.starts_with(name)) continue;
    if (word.size() == name.size()) {
      if (i + 1 < command.argv.size()) values.push_back(command.argv[i + 1]);
    } else if (word[name.size()] == '=') {
      values.push_back(command.argv[i].Slice(static_cast<uint32_t>(name.size() + 1)));
    }
  }
  return values;
}

std::optional<Value> OptionOf(const Command& command, std::string_view name) {
  std::vector<Value> values = OptionsOf(command, name);
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

bool HasWord(const Command& command, std::string_view word) {
  return std::any_of(command.argv.begin(), command.argv.end(),
                     [word](const Value& argument) { return argument.text() == word; });
}

std::string LiteralOf(const std::optional<Value>& value) {
  return value && value->is_literal() ? std::string(value->text()) : std::string();
}

}  // namespace oakum
