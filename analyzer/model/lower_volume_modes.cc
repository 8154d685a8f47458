#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/volume_mode.h"

namespace oakum {

namespace {

constexpr std::string_view kVolumes[] = {"secret", "configMap", "projected", "downwardAPI"};

bool InRayObject(Span span, const Facts& facts) {
  const auto& objects = facts.kubernetes;  // in the order of the file
  auto after = std::upper_bound(
      objects.begin(), objects.end(), span.begin,
      [](uint32_t at, const KubernetesObject& object) { return at < object.span.begin; });
  return after != objects.begin() && std::prev(after)->IsRay() &&
         std::prev(after)->span.Contains(span);
}

// Every pair with this key: the branches of a template may give it several times.
void AddModes(const YamlNode& holder, std::string_view key, std::string_view volume, bool json,
              Facts& facts) {
  for (const YamlEntry& entry : holder.entries) {
    if (entry.key == nullptr || entry.key->text() != key || !entry.alias.empty()) continue;
    const YamlNode& node = *entry.value;
    if (!node.IsScalar() || !node.value.is_literal() || !node.tag.empty()) continue;
    VolumeMode mode;
    mode.key = key;
    mode.lexeme = node.text();
    mode.volume = volume;
    mode.quoted = !node.IsPlain();
    mode.json = json;
    mode.for_ray = InRayObject(node.span, facts);
    mode.readings = ReadMode(mode.lexeme);
    mode.span = node.span;
    facts.volume_modes.push_back(std::move(mode));
  }
}

}  // namespace

void LowerVolumeModes(const YamlTree& tree, bool json, Facts& facts) {
  for (const YamlNode& node : tree.nodes()) {
    if (!node.IsMapping()) continue;
    for (const YamlEntry& entry : node.entries) {
      const std::string_view volume = entry.key->text();
      if (std::find(std::begin(kVolumes), std::end(kVolumes), volume) == std::end(kVolumes))
        continue;
      if (!entry.value->IsMapping() || !entry.alias.empty()) continue;
      AddModes(*entry.value, "defaultMode", volume, json, facts);
      const YamlNode& items = (*entry.value)["items"];
      if (!items.IsSequence()) continue;
      for (const YamlEntry& item : items.entries)
        AddModes(*item.value, "mode", volume, json, facts);
    }
  }
}

}  // namespace oakum
