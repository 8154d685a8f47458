#include "analyzer/model/lower_kubernetes.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/keyed_source.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/model/lower_pod_facts.h"
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
  void AddCluster(const YamlNode& cluster);
  void AddRayPods(const YamlNode& spec);
  void AddPods(const YamlNode& root);
  void AddKeys(const YamlNode& map, KeyedSource& source);
  void AddKeyedSource(const YamlNode& root);

  Facts& facts_;
  PodReader pods_;
  PodTexts seen_;
  KubernetesObject object_;
};

void ObjectReader::AddPod(const YamlNode& pod, PodTemplate::Role role) {
  if (!pod["spec"].IsMapping()) return;
  object_.pods.push_back(pods_.ReadPod(pod));
  object_.pods.back().role = role;
}

// A RayClusterSpec.
void ObjectReader::AddCluster(const YamlNode& cluster) {
  if (const YamlEntry* head = cluster.Find("headGroupSpec")) {
    AddPod((*head->value)["template"], PodTemplate::Role::kHead);
    if (!object_.pods.empty()) object_.pods.back().group_span = head->key->span;
  }
  for (const YamlEntry& entry : pods_.Take(cluster["workerGroupSpecs"])) {
    const YamlNode& group = *entry.value;
    const size_t before = object_.pods.size();
    AddPod(group["template"], PodTemplate::Role::kWorker);
    if (object_.pods.size() == before) continue;
    object_.pods.back().group = Text(group["groupName"]);
    if (group["groupName"]) object_.pods.back().group_span = group["groupName"].span;
  }
}

// The paths of ray.md 2.1; RayService calls the cluster something else than RayJob does.
void ObjectReader::AddRayPods(const YamlNode& spec) {
  if (object_.kind == "RayCluster") return AddCluster(spec);
  if (object_.kind == "RayService") return AddCluster(spec["rayClusterConfig"]);
  if (object_.kind != "RayJob" && object_.kind != "RayCronJob") return;
  const YamlNode& job = object_.kind == "RayJob" ? spec : spec["jobTemplate"];
  object_.submission_mode = Text(job["submissionMode"]);
  AddCluster(job["rayClusterSpec"]);
  AddPod(job["submitterPodTemplate"], PodTemplate::Role::kSubmitter);
}

void ObjectReader::AddPods(const YamlNode& root) {
  const YamlNode& spec = root["spec"];
  if (object_.IsRay()) return AddRayPods(spec);
  if (object_.kind == "Pod") return AddPod(root, PodTemplate::Role::kOther);
  if (object_.kind == "PodTemplate") return AddPod(root["template"], PodTemplate::Role::kOther);
  // Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, and the custom ones that follow them.
  const YamlNode& holder = object_.kind == "CronJob" ? spec["jobTemplate"]["spec"] : spec;
  AddPod(holder["template"], PodTemplate::Role::kOther);
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
  for (const PodTemplate& pod : object_.pods) LowerPodFacts(pod, seen_, facts_);
  facts_.kubernetes.push_back(std::move(object_));
}

}  // namespace

void LowerKubernetes(const YamlNode& root, Facts& facts) {
  ObjectReader reader(facts);
  // Lists are flat in practice; one inside another is followed all the same, without recursion.
  std::vector<const YamlNode*> todo = {&root};
  constexpr size_t kMaxObjects = 10'000;  // aliases may name one object many times
  for (size_t i = 0; i < todo.size() && i < kMaxObjects; ++i) {
    const YamlNode& node = *todo[i];
    const YamlNode& items = node["items"];
    if (node["kind"].text().ends_with("List") && items.IsSequence()) {
      const size_t count = std::min(items.entries.size(), kMaxObjects - todo.size());
      for (size_t item = 0; item < count; ++item) todo.push_back(items.entries[item].value);
    } else if (node.IsMapping()) {
      reader.Read(node);
    }
  }
  if (reader.exhausted()) {
    facts.notices.push_back({"this document holds more items than are read", root.span});
  }
}

}  // namespace oakum
