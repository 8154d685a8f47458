#include "analyzer/model/keyed_source.h"

#include <string_view>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

// The value of `--name=value` or `--name value`; `at` moves to the argument that holds it.
std::optional<Value> OptionValue(const Command& command, size_t& at, std::string_view name) {
  const Value& argument = command.argv[at];
  const std::string_view text = argument.text();
  if (!text.starts_with(name)) return std::nullopt;
  if (text.size() > name.size() && text[name.size()] == '=') {
    return argument.Slice(static_cast<uint32_t>(name.size() + 1));
  }
  if (text != name || at + 1 >= command.argv.size()) return std::nullopt;
  return command.argv[++at];
}

// Options of `kubectl create secret` that take no value; all others take one.
bool IsSwitch(std::string_view option) {
  constexpr std::string_view kSwitches[] = {"--append-hash", "--save-config", "--validate",
                                            "--allow-missing-template-keys", "--dry-run"};
  for (const std::string_view name : kSwitches) {
    if (option == name) return true;
  }
  return option.find('=') != option.npos;
}

void ReadOption(const Command& command, size_t& at, KeyedSource& source) {
  if (const auto file = OptionValue(command, at, "--from-file")) {
    source.keys.push_back(KeyOfFile(*file));
    const std::string& key = source.keys.back().name;
    // A folder brings each of its files; what has no key of its own may be one.
    if (key.empty() || file->text().ends_with('/')) source.complete = false;
  } else if (const auto literal = OptionValue(command, at, "--from-literal")) {
    const std::string_view text = literal->text();
    source.keys.push_back({std::string(text.substr(0, text.find('='))), literal->ToSource()});
  } else if (OptionValue(command, at, "--from-env-file")) {
    source.complete = false;
  } else if (const auto space = OptionValue(command, at, "--namespace")) {
    source.name_space = space->Describe();
  } else if (const auto short_space = OptionValue(command, at, "-n")) {
    source.name_space = short_space->Describe();
  } else if (!IsSwitch(command.argv[at].text())) {
    ++at;
  }
}

}  // namespace

SourceKey KeyOfFile(const Value& argument) {
  const std::string_view text = argument.text();
  const size_t equals = text.find('=');
  const Value key = equals == text.npos
                        ? argument.Slice(static_cast<uint32_t>(text.size() - BaseName(text).size()))
                        : argument.Slice({0, static_cast<uint32_t>(equals)});
  return {key.is_literal() ? std::string(key.text()) : std::string(), key.ToSource()};
}

std::optional<KeyedSource> KeyedSourceOf(const Command& command) {
  const std::string_view program =
      command.argv.empty() ? std::string_view() : BaseName(command.argv[0].text());
  if (program != "kubectl" && program != "oc") return std::nullopt;
  KeyedSource source;
  std::vector<const Value*> words;
  for (size_t at = 1; at < command.argv.size(); ++at) {
    if (command.argv[at].text().starts_with('-')) {
      ReadOption(command, at, source);
    } else {
      words.push_back(&command.argv[at]);
    }
  }
  const size_t expected = words.size() > 1 && words[1]->text() == "secret" ? 4 : 3;
  if (words.size() < expected || words[0]->text() != "create") return std::nullopt;
  const std::string_view object = words[1]->text();
  source.config_map = object == "configmap" || object == "cm";
  if (!source.config_map && object != "secret") return std::nullopt;
  if (!source.config_map && words[2]->text() != "generic") return std::nullopt;
  const Value& name = *words[expected - 1];
  if (!name.is_literal()) return std::nullopt;
  source.name = name.text();
  source.span = name.ToSource();
  return source;
}

}  // namespace oakum
