#include "analyzer/model/lower_ray_cluster.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace oakum {

namespace {

// Keys of a PodSpec and of a container, as far as no group and no pod template has one of the name.
constexpr std::string_view kPodKeys[] = {
    "affinity",
    "containers",
    "env",
    "envFrom",
    "hostNetwork",
    "image",
    "initContainers",
    "imagePullSecrets",
    "nodeSelector",
    "restartPolicy",
    "securityContext",
    "serviceAccount",
    "serviceAccountName",
    "tolerations",
    "volumeMounts",
    "volumes",
};

bool IsPodKey(std::string_view key) {
  return std::find(std::begin(kPodKeys), std::end(kPodKeys), key) != std::end(kPodKeys);
}

// Whether a field of the pod stands beside `template`, or in it without `spec`.
bool Misplaces(const YamlNode& group, std::string_view key) {
  return group.Find(key) != nullptr || group["template"].Find(key) != nullptr;
}

void NoteMisplaced(const YamlNode& group, PodTemplate& pod) {
  pod.pulls_misplaced = Misplaces(group, "imagePullSecrets");
  pod.ids_misplaced = Misplaces(group, "securityContext");
}

class ClusterReader {
 public:
  ClusterReader(PodReader& reader, KubernetesObject& object) : reader_(reader), object_(object) {}

  void ReadSpec(const YamlEntry& spec);

 private:
  void Misplace(const YamlEntry& entry, std::string_view holder, std::string_view belongs);
  // The entry that holds the RayClusterSpec; null if there is none.
  const YamlEntry* FindCluster(const YamlEntry& holder, std::string_view key,
                               std::string_view wrong);
  void CheckGroup(const YamlNode& group, std::string_view holder);
  PodTemplate* AddPod(const YamlNode& pod, PodTemplate::Role role);
  void AddInjected(const YamlNode& options, std::string_view name, PodTemplate& head);
  void AddCluster(const YamlNode& cluster);
  void AddJob(const YamlEntry& job);

  PodReader& reader_;
  KubernetesObject& object_;
};

void ClusterReader::Misplace(const YamlEntry& entry, std::string_view holder,
                             std::string_view belongs) {
  object_.misplaced.push_back(
      {std::string(entry.key->text()), std::string(holder), std::string(belongs), entry.key->span});
}

const YamlEntry* ClusterReader::FindCluster(const YamlEntry& holder, std::string_view key,
                                            std::string_view wrong) {
  const YamlNode& spec = *holder.value;
  if (const YamlEntry* cluster = spec.Find(key)) return cluster;
  const std::string_view name = holder.key->text();
  if (const YamlEntry* misnamed = spec.Find(wrong)) Misplace(*misnamed, name, key);
  for (const std::string_view part : {"headGroupSpec", "workerGroupSpecs"}) {
    if (const YamlEntry* bare = spec.Find(part)) Misplace(*bare, name, key);
  }
  return nullptr;
}

// Pod fields beside `template`, or in it without `spec`.
void ClusterReader::CheckGroup(const YamlNode& group, std::string_view holder) {
  for (const YamlEntry& entry : reader_.Take(group)) {
    if (entry.key == nullptr) continue;
    const std::string_view key = entry.key->text();
    if (IsPodKey(key)) Misplace(entry, holder, "template.spec");
    if (key == "spec" && entry.value->IsMapping()) Misplace(entry, holder, "template");
  }
  const YamlNode& pod = group["template"];
  for (const YamlEntry& entry : reader_.Take(pod)) {
    if (entry.key != nullptr && IsPodKey(entry.key->text()))
      Misplace(entry, std::string(holder) + ".template", "spec");
  }
}

PodTemplate* ClusterReader::AddPod(const YamlNode& pod, PodTemplate::Role role) {
  if (!pod["spec"].IsMapping()) return nullptr;
  object_.pods.push_back(reader_.ReadPod(pod));
  object_.pods.back().role = role;
  return &object_.pods.back();
}

void ClusterReader::AddInjected(const YamlNode& options, std::string_view name, PodTemplate& head) {
  if (!options.IsMapping()) return;
  Container container = reader_.ReadContainer(options);
  container.name = name;
  container.kind = Container::Kind::kInjected;
  head.containers.push_back(std::move(container));
}

void ClusterReader::AddCluster(const YamlNode& cluster) {
  if (const YamlEntry* head = cluster.Find("headGroupSpec")) {
    CheckGroup(*head->value, "headGroupSpec");
    ReadRayStartParams((*head->value)["rayStartParams"], reader_, object_);
    if (PodTemplate* pod = AddPod((*head->value)["template"], PodTemplate::Role::kHead)) {
      pod->group_span = head->key->span;
      NoteMisplaced(*head->value, *pod);
      AddInjected(cluster["autoscalerOptions"], "autoscaler", *pod);
      AddInjected(cluster["historyServerOptions"]["collectorOptions"], "collector", *pod);
    }
  }
  size_t index = 0;
  for (const YamlEntry& entry : reader_.Take(cluster["workerGroupSpecs"])) {
    const YamlNode& group = *entry.value;
    CheckGroup(group, "workerGroupSpecs[" + std::to_string(index++) + "]");
    ReadRayStartParams(group["rayStartParams"], reader_, object_);
    PodTemplate* pod = AddPod(group["template"], PodTemplate::Role::kWorker);
    if (pod == nullptr) continue;
    NoteMisplaced(group, *pod);
    const YamlNode& name = group["groupName"];
    pod->group = name.text();
    if (name) pod->group_span = name.span;
  }
  ReadRedisOptions(cluster["gcsFaultToleranceOptions"], "gcsFaultToleranceOptions", object_);
}

void ClusterReader::AddJob(const YamlEntry& job) {
  object_.submission_mode = (*job.value)["submissionMode"].text();
  if (const YamlEntry* cluster = FindCluster(job, "rayClusterSpec", "rayClusterConfig")) {
    AddCluster(*cluster->value);
  }
  AddPod((*job.value)["submitterPodTemplate"], PodTemplate::Role::kSubmitter);
}

void ClusterReader::ReadSpec(const YamlEntry& spec) {
  if (object_.kind == "RayCluster") {
    if (!spec.value->Find("headGroupSpec")) {
      for (const std::string_view wrong : {"rayClusterSpec", "rayClusterConfig"}) {
        if (const YamlEntry* entry = spec.value->Find(wrong)) Misplace(*entry, "spec", "spec");
      }
    }
    AddCluster(*spec.value);
  } else if (object_.kind == "RayService") {
    const YamlEntry* cluster = FindCluster(spec, "rayClusterConfig", "rayClusterSpec");
    if (cluster != nullptr) AddCluster(*cluster->value);
  } else if (object_.kind == "RayJob") {
    AddJob(spec);
  } else if (object_.kind == "RayCronJob") {
    if (const YamlEntry* job = spec.value->Find("jobTemplate")) return AddJob(*job);
    for (const std::string_view key : {"rayClusterSpec", "entrypoint", "runtimeEnvYAML"}) {
      if (const YamlEntry* entry = spec.value->Find(key)) Misplace(*entry, "spec", "jobTemplate");
    }
  }
}

}  // namespace

void ReadRayStartParams(const YamlNode& params, PodReader& reader, KubernetesObject& object) {
  for (const YamlEntry& entry : reader.Take(params)) {
    if (entry.key == nullptr || !entry.value->IsScalar()) continue;
    object.options.push_back({"rayStartParams." + std::string(entry.key->text()),
                              entry.value->value, entry.value->span});
  }
}

void ReadRedisOptions(const YamlNode& redis, std::string_view path, KubernetesObject& object) {
  const YamlNode& password = redis["redisPassword"];
  const YamlNode& value = password.IsScalar() ? password : password["value"];
  if (!value.IsScalar()) return;
  object.options.push_back({std::string(path) + ".redisPassword", value.value, value.span});
}

void ReadRayPods(const YamlEntry& spec, PodReader& reader, KubernetesObject& object) {
  ClusterReader(reader, object).ReadSpec(spec);
}

}  // namespace oakum
