#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/volume_mode.h"
#include "analyzer/syntax/interpolation.h"

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

class ModeReader {
 public:
  ModeReader(ManifestForm form, Facts& facts) : form_(form), facts_(facts) {}

  void Volume(const YamlNode& source, std::string_view volume) {
    // An alias brings one source into many volumes.
    if (!source.IsMapping() || !sources_.insert(&source).second) return;
    AddModes(source, "defaultMode", volume);
    const YamlNode& items = source["items"];
    if (!items.IsSequence() || !sources_.insert(&items).second) return;
    for (const YamlEntry& item : items.entries) AddModes(*item.value, "mode", volume);
  }

 private:
  // The pair that counts; of a template every pair with this key, for its branches may give it
  // several times.
  void AddModes(const YamlNode& holder, std::string_view key, std::string_view volume) {
    if (form_ != ManifestForm::kTemplate) return AddMode(holder[key], key, volume);
    bool merges = false;
    for (const YamlEntry& entry : holder.entries) {
      if (entry.key == nullptr) continue;
      if (entry.key->text() == key) AddMode(*entry.value, key, volume);
      merges |= entry.key->text() == "<<";
    }
    if (merges) AddMode(holder[key], key, volume);
  }

  void AddMode(const YamlNode& node, std::string_view key, std::string_view volume) {
    if (!node.IsScalar() || !node.value.is_literal() || !node.tag.empty()) return;
    if (!EnvsubstVariables(node.value).is_literal()) return;  // `${MODE}`: what it is filled with
    if (!modes_.insert(&node).second) return;
    VolumeMode mode;
    mode.key = key;
    mode.lexeme = node.text();
    mode.volume = volume;
    mode.quoted = !node.IsPlain();
    mode.json = form_ == ManifestForm::kJson;
    mode.for_ray = InRayObject(node.span, facts_);
    mode.readings = ReadMode(mode.lexeme);
    mode.span = node.span;
    facts_.volume_modes.push_back(std::move(mode));
  }

  const ManifestForm form_;
  Facts& facts_;
  std::unordered_set<const YamlNode*> sources_;
  std::unordered_set<const YamlNode*> modes_;
};

}  // namespace

void LowerVolumeModes(const YamlTree& tree, ManifestForm form, Facts& facts) {
  ModeReader reader(form, facts);
  for (const YamlNode& node : tree.nodes()) {
    if (!node.IsMapping()) continue;
    for (const YamlEntry& entry : node.entries) {
      const std::string_view volume = entry.key->text();
      if (std::find(std::begin(kVolumes), std::end(kVolumes), volume) != std::end(kVolumes)) {
        reader.Volume(*entry.value, volume);
      }
    }
  }
}

}  // namespace oakum
