#include "analyzer/engine/secret_keys.h"

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
  return [&project](const VolumeSource& source) -> std::optional<std::vector<std::string>> {
    const bool config_map = source.kind == VolumeSource::Kind::kConfigMap;
    if (source.name.empty() || (!config_map && source.kind != VolumeSource::Kind::kSecret)) {
      return std::nullopt;
    }
    std::vector<std::string> keys;
    for (const KeyedSourceAt& at : DefinitionsOf(project, source.name, config_map)) {
      if (!at.source.complete) return std::nullopt;
      for (const SourceKey& key : at.source.keys) keys.push_back(key.name);
    }
    if (keys.empty()) return std::nullopt;
    return keys;
  };
}

}  // namespace oakum
