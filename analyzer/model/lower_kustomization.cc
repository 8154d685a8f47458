#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/held_credential.h"
#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

namespace {

KeyedSource ReadGenerator(const YamlNode& node, bool config_map) {
  KeyedSource source;
  source.config_map = config_map;
  source.name = node["name"].text();
  source.name_space = node["namespace"].text();
  source.span = node["name"] ? node["name"].span : node.span;
  for (const YamlEntry& entry : node["files"].entries) {
    source.keys.push_back(KeyOfFile(entry.value->value));
  }
  for (const YamlEntry& entry : node["literals"].entries) {
    const std::string_view text = entry.value->text();
    source.keys.push_back({std::string(text.substr(0, text.find('='))), entry.value->span});
  }
  // `behavior: merge` adds to what a base has; env files bring keys of their own.
  source.complete = !node["envs"] && !node["env"] && !node["behavior"];
  return source;
}

// `literals: [KEY=VALUE]`, quotes around the value aside.
void AddLiterals(const YamlNode& node, bool config_map, Facts& facts) {
  for (const YamlEntry& entry : node["literals"].entries) {
    const Value& literal = entry.value->value;
    const size_t equals = literal.text().find('=');
    if (equals == std::string_view::npos) continue;
    Value value = literal.Slice(static_cast<uint32_t>(equals + 1));
    const std::string_view text = value.text();
    const bool quoted =
        text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.front() == text.back();
    if (quoted) value = value.Slice({1, value.size() - 1});
    const std::string key(literal.text().substr(0, equals));
    for (HeldCredential& credential : CredentialsInFile(key, value, !config_map)) {
      credential.config_map = config_map;
      credential.generator = true;
      credential.holder = node["name"].text();
      facts.held_credentials.push_back(std::move(credential));
    }
  }
}

void LowerGenerators(const YamlNode& list, bool config_map, Facts& facts) {
  for (const YamlEntry& entry : list.entries) {
    facts.keyed_sources.push_back(ReadGenerator(*entry.value, config_map));
    AddLiterals(*entry.value, config_map, facts);
    if (!config_map) LowerPullSecretGenerator(*entry.value, facts);
  }
}

}  // namespace

void LowerKustomization(const YamlNode& root, Facts& facts) {
  LowerGenerators(root["secretGenerator"], false, facts);
  LowerGenerators(root["configMapGenerator"], true, facts);
}

}  // namespace oakum
