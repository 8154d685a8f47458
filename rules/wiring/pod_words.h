// How the rules about pods call objects, pods and containers.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/model/kubernetes.h"

namespace oakum {

// "RayCluster/raycluster-sample"; the name is left out where a template fills it in.
std::string ObjectName(const KubernetesObject& object);

// "the head group", "worker group `gpu`", "the submitter pod", "this pod".
std::string PodName(const KubernetesObject& object, const PodTemplate& pod);

// "container `ray-head`"; a chart's container is called by its group.
std::string ContainerName(const KubernetesObject& object, const PodTemplate& pod,
                          const Container& container);

std::string Capitalized(std::string text);

}  // namespace oakum
