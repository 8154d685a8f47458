#include "analyzer/model/lower_kubernetes.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/held_credential.h"
#include "analyzer/model/keyed_source.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/model/lower_pod_facts.h"
#include "analyzer/model/lower_ray_cluster.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/netrc_text.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

namespace {

std::string Text(const YamlNode& node) {
  return std::string(node.text());
}

// One document: the objects in it share a reader and its budget.
class ObjectReader {
 public:
  explicit ObjectReader(Facts& facts) : facts_(facts) {}

  void Read(const YamlNode& root);
  bool exhausted() const { return pods_.exhausted(); }

 private:
  void AddPod(const YamlNode& pod, PodTemplate::Role role);
  void AddPods(const YamlNode& root);
  void AddKeys(const YamlNode& map, KeyedSource& source);
  void AddKeyedSource(const YamlNode& root);
  void AddCredentials(const YamlNode& root);
  void AddCredentials(const YamlNode& data, bool base64, bool config_map);

  Facts& facts_;
  PodReader pods_;
  PodTexts seen_;
  std::set<const YamlNode*> releases_;  // whose values are read
  KubernetesObject object_;
};

void ObjectReader::AddPod(const YamlNode& pod, PodTemplate::Role role) {
  if (!pod["spec"].IsMapping()) return;
  object_.pods.push_back(pods_.ReadPod(pod));
  object_.pods.back().role = role;
}

void ObjectReader::AddPods(const YamlNode& root) {
  const YamlNode& spec = root["spec"];
  if (object_.IsRay()) {
    if (spec.IsMapping()) ReadRayPods(*root.Find("spec"), pods_, object_);
    return;
  }
  if (object_.kind == "Pod") return AddPod(root, PodTemplate::Role::kOther);
  if (object_.kind == "PodTemplate") return AddPod(root["template"], PodTemplate::Role::kOther);
  // Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, and the custom ones that follow them.
  const YamlNode& holder = object_.kind == "CronJob" ? spec["jobTemplate"]["spec"] : spec;
  AddPod(holder["template"], PodTemplate::Role::kOther);
  if (object_.pods.empty()) return;
  // A StatefulSet's claims are volumes of its pods under their own names.
  for (const YamlEntry& claim : pods_.Take(spec["volumeClaimTemplates"])) {
    const YamlNode& name = (*claim.value)["metadata"]["name"];
    Volume volume;
    volume.name = Text(name);
    volume.kind = Volume::Kind::kOther;
    volume.name_span = name.span;
    volume.span = volume.source_span = claim.value->span;
    object_.pods.back().volumes.push_back(std::move(volume));
  }
}

void ObjectReader::AddKeys(const YamlNode& map, KeyedSource& source) {
  for (const YamlEntry& entry : pods_.Take(map)) {
    if (entry.key == nullptr || !entry.key->IsScalar()) continue;
    if (!entry.key->value.is_literal() || entry.key->text() == "<<") source.complete = false;
    source.keys.push_back({Text(*entry.key), entry.key->span});
  }
}

// Secret, ConfigMap, and the objects that become one.
void ObjectReader::AddKeyedSource(const YamlNode& root) {
  KeyedSource source;
  source.name = object_.name;
  source.name_space = object_.name_space;
  source.span = object_.name_span;
  const YamlNode& spec = root["spec"];
  if (object_.kind == "Secret" || object_.kind == "ConfigMap") {
    source.config_map = object_.kind == "ConfigMap";
    for (const std::string_view part : {"data", "stringData", "binaryData"}) {
      AddKeys(root[part], source);
    }
    // An empty one is filled in by someone else.
    source.complete = source.complete && !source.keys.empty();
  } else if (object_.kind == "SealedSecret") {
    AddKeys(spec["encryptedData"], source);
    AddKeys(spec["template"]["data"], source);
  } else if (object_.kind == "ExternalSecret") {
    const YamlNode& target = spec["target"];
    if (target["name"]) source.name = Text(target["name"]);
    for (const YamlEntry& entry : pods_.Take(spec["data"])) {
      const YamlNode& key = (*entry.value)["secretKey"];
      source.keys.push_back({Text(key), key.span});
    }
    if (target["template"]["data"]) {
      source.keys.clear();  // the template replaces the keys
      AddKeys(target["template"]["data"], source);
    }
    source.complete = !spec["dataFrom"] && !target["template"]["templateFrom"];
  } else {
    return;
  }
  if (!source.name.empty()) facts_.keyed_sources.push_back(std::move(source));
}

void ObjectReader::AddCredentials(const YamlNode& data, bool base64, bool config_map) {
  for (const YamlEntry& entry : pods_.Take(data)) {
    if (entry.key == nullptr || !entry.value->IsScalar()) continue;
    if (!seen_.insert(entry.value->span).second) continue;
    const YamlNode& node = *entry.value;
    const std::string key = Text(*entry.key);
    std::vector<HeldCredential> found =
        base64 ? CredentialsInBase64(key, node.value, node.span, !config_map)
               : CredentialsInFile(key, node.value, !config_map);
    for (HeldCredential& credential : found) {
      credential.config_map = config_map;
      credential.holder = object_.name;
      facts_.held_credentials.push_back(std::move(credential));
    }
  }
}

void ObjectReader::AddCredentials(const YamlNode& root) {
  const bool config_map = object_.kind == "ConfigMap";
  if (object_.api_version != "v1" || (!config_map && object_.kind != "Secret")) return;
  if (root["sops"]) return;  // its values are encrypted, whatever they look like
  AddCredentials(root["data"], !config_map, config_map);
  AddCredentials(root["stringData"], false, config_map);
  AddCredentials(root["binaryData"], true, config_map);
}

void ObjectReader::Read(const YamlNode& root) {
  object_ = {};
  object_.api_version = Text(root["apiVersion"]);
  object_.kind = Text(root["kind"]);
  const YamlNode& metadata = root["metadata"];
  object_.name = Text(metadata["name"]);
  object_.name_space = Text(metadata["namespace"]);
  object_.span = root.span;
  object_.name_span = metadata["name"] ? metadata["name"].span : root["kind"].span;
  AddPods(root);
  if (object_.kind == "ServiceAccount") {
    object_.pull_secrets = pods_.ReadPullSecrets(root["imagePullSecrets"]);
  }
  AddKeyedSource(root);
  LowerPullSecret(root, facts_);
  AddCredentials(root);
  LowerNetrcKeys(root, facts_);
  LowerRayResource(root, facts_);
  LowerReleaseValues(root, releases_, facts_);
  for (const PodTemplate& pod : object_.pods) LowerPodFacts(pod, seen_, facts_);
  facts_.kubernetes.push_back(std::move(object_));
}

}  // namespace

void LowerKubernetes(const YamlNode& root, Facts& facts) {
  ObjectReader reader(facts);
  std::set<const YamlNode*> known;
  // Lists are flat in practice; one inside another is followed all the same, without recursion.
  std::vector<const YamlNode*> todo = {&root};
  constexpr size_t kMaxObjects = 10'000;  // aliases may name one object many times
  for (size_t i = 0; i < todo.size() && i < kMaxObjects; ++i) {
    const YamlNode& node = *todo[i];
    const YamlNode& items = node["items"];
    if (node["kind"].text().ends_with("List") && items.IsSequence()) {
      const size_t count = std::min(items.entries.size(), kMaxObjects - todo.size());
      for (size_t item = 0; item < count; ++item) todo.push_back(items.entries[item].value);
    } else if (node.IsMapping() && known.insert(&node).second) {
      reader.Read(node);
    }
  }
  if (reader.exhausted()) {
    facts.notices.push_back({"this document holds more items than are read", root.span});
  }
}

}  // namespace oakum
