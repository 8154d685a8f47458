#include <string>
#include <string_view>
#include <utility>

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

}  // namespace

void LowerKustomization(const YamlNode& root, Facts& facts) {
  for (const YamlEntry& entry : root["secretGenerator"].entries) {
    facts.keyed_sources.push_back(ReadGenerator(*entry.value, false));
    LowerPullSecretGenerator(*entry.value, facts);
  }
  for (const YamlEntry& entry : root["configMapGenerator"].entries) {
    facts.keyed_sources.push_back(ReadGenerator(*entry.value, true));
  }
}

}  // namespace oakum
