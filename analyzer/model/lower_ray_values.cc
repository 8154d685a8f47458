#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/model/lower_pod_facts.h"
#include "analyzer/model/lower_ray_cluster.h"
#include "analyzer/model/yaml_kind.h"

namespace oakum {

namespace {

void AddContainers(const YamlNode& list, Container::Kind kind, size_t first, PodReader& reader,
                   PodTemplate& pod) {
  for (const YamlEntry& entry : reader.Take(list)) {
    if (!entry.value->IsMapping()) continue;
    Container container = reader.ReadContainer(*entry.value);
    container.kind = kind;
    container.index = first++;
    pod.containers.push_back(std::move(container));
  }
}

// The pod that the chart makes of a group: its keys are those of a container and of a pod mixed.
PodTemplate ReadGroup(const YamlNode& group, const YamlNode& values, PodReader& reader) {
  PodTemplate pod;
  pod.span = group.span;
  Container ray = reader.ReadContainer(group);
  const YamlNode& image = group["image"] ? group["image"] : values["image"];
  ray.image = image["repository"].value;
  for (EnvVar& variable : reader.ReadEnv(values["common"]["containerEnv"])) {
    variable.shared = true;
    ray.env.push_back(std::move(variable));
  }
  for (EnvVar& variable : reader.ReadEnv(group["containerEnv"]))
    ray.env.push_back(std::move(variable));
  pod.containers.push_back(std::move(ray));
  AddContainers(group["sidecarContainers"], Container::Kind::kMain, 1, reader, pod);
  AddContainers(group["initContainers"], Container::Kind::kInit, 0, reader, pod);
  pod.volumes = reader.ReadVolumes(group["volumes"]);
  pod.pull_secrets = reader.ReadPullSecrets(values["imagePullSecrets"]);
  pod.service_account = group["serviceAccountName"].value;
  for (const YamlEntry& entry : reader.Take(group["annotations"])) {
    if (entry.key != nullptr) pod.annotations.emplace_back(entry.key->text());
  }
  ReadPodIds(group["podSecurityContext"], pod);
  return pod;
}

// Lists of a file replace the chart's; a list that it leaves out is the chart's, which keeps Ray's
// logs on a volume.
void AddChartVolume(const YamlNode& group, PodTemplate& pod) {
  constexpr std::string_view kName = "log-volume";
  const YamlEntry* volumes = group.Find("volumes");
  if (volumes == nullptr) {
    Volume volume;
    volume.name = kName;
    volume.kind = Volume::Kind::kOther;
    volume.name_span = volume.span = pod.group_span;
    pod.volumes.push_back(std::move(volume));
  }
  if (group.Find("volumeMounts") == nullptr) {
    VolumeMount mount;
    mount.volume = kName;
    mount.span = volumes != nullptr ? volumes->key->span : pod.group_span;
    mount.volume_span = mount.path_span = mount.span;
    mount.path = Value(MappedText::Synthetic("/tmp/ray", mount.span));
    pod.containers[0].mounts.push_back(std::move(mount));
  }
}

bool IsOff(const YamlNode& group) {
  return group["disabled"].text() == "true";
}

void LowerValues(const YamlNode& values, Facts& facts) {
  const YamlEntry* head = values.Find("head");
  PodReader reader;
  KubernetesObject object;
  object.api_version = "ray.io/v1";
  object.kind = "RayCluster";
  object.chart_values = true;
  object.span = values.span;
  object.name_span = head != nullptr ? head->key->span : values.span;
  object.patch = head == nullptr;
  auto add = [&](const YamlEntry& entry, PodTemplate::Role role) {
    if (!entry.value->IsMapping() || IsOff(*entry.value)) return;
    PodTemplate pod = ReadGroup(*entry.value, values, reader);
    pod.role = role;
    pod.group = entry.key->text();
    pod.group_span = entry.key->span;
    if (pod.group == "head" || pod.group == "worker") AddChartVolume(*entry.value, pod);
    ReadRayStartParams((*entry.value)["rayStartParams"], reader, object);
    object.pods.push_back(std::move(pod));
  };
  if (head != nullptr) add(*head, PodTemplate::Role::kHead);
  if (const YamlEntry* worker = values.Find("worker")) {
    add(*worker, PodTemplate::Role::kWorker);
  } else if (head != nullptr) {
    // The chart has a worker group of its own, with nothing but a log volume.
    PodTemplate pod = ReadGroup(YamlNode::Missing(), values, reader);
    pod.role = PodTemplate::Role::kWorker;
    pod.group = "worker";
    pod.group_span = object.name_span;
    pod.implied = true;
    object.pods.push_back(std::move(pod));
  }
  for (const YamlEntry& entry : reader.Take(values["additionalWorkerGroups"])) {
    if (entry.key != nullptr) add(entry, PodTemplate::Role::kWorker);
  }
  ReadRedisOptions(values["gcsFaultTolerance"], "gcsFaultTolerance", object);
  PodTexts seen;
  for (const PodTemplate& pod : object.pods) LowerPodFacts(pod, seen, facts);
  facts.kubernetes.push_back(std::move(object));
}

void LowerValuesText(const YamlNode& text, Facts& facts) {
  if (!text.IsScalar()) return;
  const YamlTree tree = ParseYaml(text.value);
  for (const YamlNode* root : tree.documents()) LowerRayClusterValues(*root, facts);
}

}  // namespace

namespace {

class ReleaseReader {
 public:
  ReleaseReader(std::set<const YamlNode*>& seen, Facts& facts) : seen_(seen), facts_(facts) {}

  void Values(const YamlNode& values) {
    if (values && seen_.insert(&values).second) LowerRayClusterValues(values, facts_);
  }

  void Text(const YamlNode& text) {
    if (text && seen_.insert(&text).second) LowerValuesText(text, facts_);
  }

  // `helm:` of an Argo CD source: values as a mapping, or as a text.
  void ArgoSource(const YamlNode& source) {
    Values(source["helm"]["valuesObject"]);
    Text(source["helm"]["values"]);
  }

 private:
  std::set<const YamlNode*>& seen_;
  Facts& facts_;
};

}  // namespace

void LowerReleaseValues(const YamlNode& object, std::set<const YamlNode*>& seen, Facts& facts) {
  constexpr size_t kMaxSources = 100;
  ReleaseReader reader(seen, facts);
  const std::string_view kind = object["kind"].text();
  const YamlNode& spec = object["spec"];
  if (kind == "HelmRelease") reader.Values(spec["values"]);
  if (kind == "HelmChart") reader.Text(spec["valuesContent"]);
  if (kind != "Application" && kind != "ApplicationSet") return;
  const YamlNode& application = kind == "Application" ? spec : spec["template"]["spec"];
  reader.ArgoSource(application["source"]);
  const std::vector<YamlEntry>& sources = application["sources"].entries;
  for (size_t i = 0; i < std::min(sources.size(), kMaxSources); ++i) {
    reader.ArgoSource(*sources[i].value);
  }
}

void LowerRayClusterValues(const YamlNode& root, Facts& facts) {
  for (const YamlNode* values : RayClusterValuesIn(root)) LowerValues(*values, facts);
}

}  // namespace oakum
