#include "analyzer/model/lower_kubernetes.h"

#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/keyed_source.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/model/lower_pod_facts.h"

namespace oakum {

namespace {

std::string Text(const YamlNode& node) {
  return std::string(node.text());
}

void AddPod(const YamlNode& pod, PodTemplate::Role role, KubernetesObject& object) {
  if (!pod["spec"].IsMapping()) return;
  object.pods.push_back(ReadPodTemplate(pod));
  object.pods.back().role = role;
}

// A RayClusterSpec.
void AddCluster(const YamlNode& cluster, KubernetesObject& object) {
  if (const YamlEntry* head = cluster.Find("headGroupSpec")) {
    AddPod((*head->value)["template"], PodTemplate::Role::kHead, object);
    if (!object.pods.empty()) object.pods.back().group_span = head->key->span;
  }
  for (const YamlEntry& entry : cluster["workerGroupSpecs"].entries) {
    const YamlNode& group = *entry.value;
    const size_t before = object.pods.size();
    AddPod(group["template"], PodTemplate::Role::kWorker, object);
    if (object.pods.size() == before) continue;
    object.pods.back().group = Text(group["groupName"]);
    if (group["groupName"]) object.pods.back().group_span = group["groupName"].span;
  }
}

void AddRayJob(const YamlNode& job, KubernetesObject& object) {
  AddCluster(job["rayClusterSpec"], object);
  AddPod(job["submitterPodTemplate"], PodTemplate::Role::kSubmitter, object);
}

void AddPods(const YamlNode& root, KubernetesObject& object) {
  const YamlNode& spec = root["spec"];
  const std::string_view kind = object.kind;
  if (object.IsRay()) {
    if (kind == "RayCluster") {
      AddCluster(spec, object);
    } else if (kind == "RayJob") {
      AddRayJob(spec, object);
    } else if (kind == "RayService") {
      AddCluster(spec["rayClusterConfig"], object);
    } else if (kind == "RayCronJob") {
      AddRayJob(spec["jobTemplate"], object);
    }
  } else if (kind == "Pod") {
    AddPod(root, PodTemplate::Role::kOther, object);
  } else if (kind == "PodTemplate") {
    AddPod(root["template"], PodTemplate::Role::kOther, object);
  } else if (kind == "CronJob") {
    AddPod(spec["jobTemplate"]["spec"]["template"], PodTemplate::Role::kOther, object);
  } else {
    // Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, and the custom ones that follow them.
    AddPod(spec["template"], PodTemplate::Role::kOther, object);
  }
}

void AddKeys(const YamlNode& map, KeyedSource& source) {
  for (const YamlEntry* pair : map.Pairs()) {
    if (!pair->key->IsScalar()) continue;
    if (!pair->key->value.is_literal()) source.complete = false;
    source.keys.push_back({Text(*pair->key), pair->key->span});
  }
}

// Secret, ConfigMap, and the objects that become one.
void AddKeyedSource(const YamlNode& root, const KubernetesObject& object, Facts& facts) {
  KeyedSource source;
  source.name = object.name;
  source.name_space = object.name_space;
  source.span = object.name_span;
  const YamlNode& spec = root["spec"];
  if (object.kind == "Secret" || object.kind == "ConfigMap") {
    source.config_map = object.kind == "ConfigMap";
    for (const std::string_view part : {"data", "stringData", "binaryData"}) {
      AddKeys(root[part], source);
    }
    // An empty one is filled in by someone else.
    source.complete = source.complete && !source.keys.empty();
  } else if (object.kind == "SealedSecret") {
    AddKeys(spec["encryptedData"], source);
    AddKeys(spec["template"]["data"], source);
  } else if (object.kind == "ExternalSecret") {
    const YamlNode& target = spec["target"];
    if (target["name"]) source.name = Text(target["name"]);
    for (const YamlEntry& entry : spec["data"].entries) {
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
  if (!source.name.empty()) facts.keyed_sources.push_back(std::move(source));
}

void AddObject(const YamlNode& root, Facts& facts) {
  KubernetesObject object;
  object.api_version = Text(root["apiVersion"]);
  object.kind = Text(root["kind"]);
  const YamlNode& metadata = root["metadata"];
  object.name = Text(metadata["name"]);
  object.name_space = Text(metadata["namespace"]);
  object.span = root.span;
  object.name_span = metadata["name"] ? metadata["name"].span : root["kind"].span;
  AddPods(root, object);
  AddKeyedSource(root, object, facts);
  PodTexts seen;
  for (const PodTemplate& pod : object.pods) LowerPodFacts(pod, seen, facts);
  facts.kubernetes.push_back(std::move(object));
}

}  // namespace

void LowerKubernetes(const YamlNode& root, Facts& facts) {
  // Lists are flat in practice; one inside another is followed all the same, without recursion.
  std::vector<const YamlNode*> todo = {&root};
  constexpr size_t kMaxObjects = 10'000;  // aliases may name one object many times
  for (size_t i = 0; i < todo.size() && i < kMaxObjects; ++i) {
    const YamlNode& node = *todo[i];
    const std::string_view kind = node["kind"].text();
    if (kind.ends_with("List") && node["items"].IsSequence()) {
      for (const YamlEntry& entry : node["items"].entries) todo.push_back(entry.value);
    } else if (node.IsMapping()) {
      AddObject(node, facts);
    }
  }
}

}  // namespace oakum
