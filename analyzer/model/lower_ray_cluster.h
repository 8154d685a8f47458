// The pods and settings of KubeRay's objects, by the paths of ray.md 2.1.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/model/kubernetes.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// `spec` of a RayCluster, RayJob, RayService or RayCronJob into `object`, whose kind is set.
void ReadRayPods(const YamlEntry& spec, PodReader& reader, KubernetesObject& object);

// rayStartParams, and redisPassword and redisUsername of `redis`, wherever they stand.
void ReadRayStartParams(const YamlNode& params, PodReader& reader, KubernetesObject& object);
void ReadRedisOptions(const YamlNode& redis, std::string_view path, KubernetesObject& object);

}  // namespace oakum
