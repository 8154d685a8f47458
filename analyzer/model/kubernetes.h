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
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/container.h"
#include "analyzer/model/volume.h"

namespace oakum {

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
  bool implied = false;          // a group that the chart adds though the file does not name it
  bool open = false;             // a template adds to it what the file does not show
  bool pulls_misplaced = false;  // its imagePullSecrets stand outside of its spec
  bool ids_misplaced = false;    // its securityContext does
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
