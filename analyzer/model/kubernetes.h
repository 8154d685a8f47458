// Kubernetes objects as rules ask about them: pods with their containers, environment, mounts and
// volumes, whatever object the pod template stands in.
//
// Read from KubeRay's objects (paths of ray.md 2.1), from the workloads of Kubernetes itself, from
// Lists, and from the values of KubeRay's ray-cluster chart, which are the same pods in another
// shape. Values keep their bytes; a hole is a template's (`{{ }}`) or a reference that the kubelet
// expands (`$(NAME)`).
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// An item of `env:`.
struct EnvVar {
  enum class From { kValue, kSecretKey, kConfigMapKey, kField, kResource, kNothing };

  std::string name;
  From from = From::kNothing;
  Value value;            // for kValue: `$(NAME)` is a hole of that name
  std::string reference;  // name of the Secret or ConfigMap
  std::string key;        // in it
  Span name_span;
  Span value_span;      // quotes included; of the whole item if there is no value
  Span span;            // the item
  bool shared = false;  // from the chart's common.containerEnv
};

struct VolumeMount {
  std::string volume;  // name; empty if a template fills it in
  Value path;          // mountPath
  Value sub_path;      // subPath, or subPathExpr
  bool has_sub_path = false;
  bool read_only = false;
  Span volume_span;
  Span path_span;
  Span span;
};

// `defaultMode` of a volume, `mode` of an item: the value kubectl reads.
struct GivenMode {
  bool given = false;
  std::optional<int64_t> value;  // none if a template fills it in, or if it is no number
  Span span;
};

struct VolumeItem {
  Value key;
  Value path;
  Span span;
  GivenMode mode;
};

// Where the files of a volume come from: one for a secret or configMap volume, several for a
// projected one.
struct VolumeSource {
  enum class Kind { kSecret, kConfigMap, kDownwardApi, kServiceAccountToken, kOther };

  Kind kind = Kind::kOther;
  std::string name;  // of the Secret or ConfigMap; empty if a template fills it in
  bool optional = false;
  bool has_items = false;  // only these keys, under these paths; else every key under its name
  std::vector<VolumeItem> items;
  Span name_span;
};

struct Volume {
  enum class Kind { kSecret, kConfigMap, kProjected, kDownwardApi, kHostPath, kOther, kUnknown };

  std::string name;
  Kind kind = Kind::kUnknown;  // kOther: one whose content nobody knows (emptyDir, PVC, CSI ...)
  std::vector<VolumeSource> sources;
  GivenMode default_mode;
  Span name_span;
  Span source_span;  // the key: `secret`, `projected`
  Span span;
};

// An argv that runs in a container: command and args, or a lifecycle hook.
struct ContainerCommand {
  std::vector<Value> argv;
  bool has_program = true;  // false: args alone, for the image's entrypoint
  Span span;
};

// Users and groups of a securityContext.
struct SecurityIds {
  std::optional<int64_t> user;
  std::optional<int64_t> group;
  bool unknown = false;  // a template fills some of it in
};

struct Container {
  // kInjected: what KubeRay adds to the head's pod, as far as the object says (autoscalerOptions,
  // historyServerOptions).
  enum class Kind { kMain, kInit, kEphemeral, kInjected };

  Kind kind = Kind::kMain;
  size_t index = 0;  // within its list; KubeRay runs Ray in the first main container
  std::string name;
  Value image;
  Value working_dir;
  std::vector<EnvVar> env;
  bool has_env_from = false;
  std::vector<VolumeMount> mounts;
  std::vector<ContainerCommand> commands;
  SecurityIds ids;
  Span span;

  // The variable as the kubelet sets it: the last item of this name.
  const EnvVar* Env(std::string_view variable) const;
};

// An item of `imagePullSecrets:`.
struct PullSecretReference {
  Value name;  // `name:`; empty if the item has none
  Span span;   // the name, else the item
};

struct PodTemplate {
  enum class Role { kHead, kWorker, kSubmitter, kOther };

  Role role = Role::kOther;
  std::string group;                  // groupName of a worker group, or the key of the chart
  Span group_span;                    // the groupName, else the key that opens the group
  std::vector<Container> containers;  // main ones first, then init
  std::vector<Volume> volumes;
  std::vector<std::string> annotations;  // keys
  std::vector<PullSecretReference> pull_secrets;
  Value service_account;  // serviceAccountName; empty for the namespace's default
  std::optional<int64_t> fs_group;
  bool joins_root_group = false;  // supplementalGroups has 0
  SecurityIds ids;
  bool implied = false;  // a group that the chart adds though the file does not name it
  bool open = false;     // a template adds to it what the file does not show
  Span span;

  const Volume* FindVolume(std::string_view name) const;
};

// A key that the API does not know where it stands, though it knows it elsewhere.
struct MisplacedKey {
  std::string name;
  std::string holder;   // the key it stands under: "headGroupSpec", "template"
  std::string belongs;  // where it would be read: "template.spec", "rayClusterConfig"
  Span span;
};

// A setting of Ray outside of any container: rayStartParams, Redis options.
struct RayOption {
  std::string path;  // "rayStartParams.redis-password", "gcsFaultToleranceOptions.redisPassword"
  Value value;
  Span span;  // the value, quotes included
};

struct KubernetesObject {
  std::string api_version;
  std::string kind;
  std::string name;
  std::string name_space;
  bool chart_values = false;  // values of the ray-cluster chart
  bool patch = false;         // a kustomize patch: part of an object that stands elsewhere
  std::vector<PodTemplate> pods;
  std::vector<PullSecretReference> pull_secrets;  // of a ServiceAccount
  std::string submission_mode;                    // of a RayJob; empty means K8sJobMode
  std::vector<MisplacedKey> misplaced;
  std::vector<RayOption> options;
  Span span;
  Span name_span;

  // RayCluster, RayJob, RayService or RayCronJob.
  bool IsRay() const;
  // Whether its pods are what Kubernetes or KubeRay makes of them, and no other operator's
  // business.
  bool IsKnownKind() const;
};

// Whether the file shows less of the pod than there is: a template adds to it, or this is a patch,
// which names a container without its image.
bool IsPartial(const KubernetesObject& object, const PodTemplate& pod);

}  // namespace oakum
