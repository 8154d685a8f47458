#include "analyzer/engine/secret_keys.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace oakum {

std::vector<KeyedSourceAt> DefinitionsOf(const Project& project, std::string_view name,
                                         bool config_map) {
  std::vector<KeyedSourceAt> found;
  auto matches = [&](const KeyedSource& source) {
    return source.name == name && source.config_map == config_map;
  };
  for (const auto& document : project.documents()) {
    for (const KeyedSource& source : document->facts().keyed_sources) {
      if (matches(source)) found.push_back({document.get(), source});
    }
    for (const Command& command : document->facts().commands) {
      std::optional<KeyedSource> source = KeyedSourceOf(command);
      if (source && matches(*source)) found.push_back({document.get(), *std::move(source)});
    }
  }
  return found;
}

KeysOfSource KeysIn(const Project& project) {
  using Keys = std::optional<std::vector<std::string>>;
  auto known = std::make_shared<std::map<std::pair<std::string, bool>, Keys>>();
  return [&project, known](const VolumeSource& source) -> Keys {
    const bool config_map = source.kind == VolumeSource::Kind::kConfigMap;
    if (source.name.empty() || (!config_map && source.kind != VolumeSource::Kind::kSecret)) {
      return std::nullopt;
    }
    const auto [at, fresh] = known->try_emplace({source.name, config_map});
    if (!fresh) return at->second;
    std::vector<std::string> keys;
    for (const KeyedSourceAt& definition : DefinitionsOf(project, source.name, config_map)) {
      if (!definition.source.complete) return std::nullopt;
      for (const SourceKey& key : definition.source.keys) keys.push_back(key.name);
    }
    if (!keys.empty()) at->second = std::move(keys);
    return at->second;
  };
}

}  // namespace oakum
