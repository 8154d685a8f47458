// Pod templates from YAML, whatever object they stand in.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/model/kubernetes.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// From a PodTemplateSpec (`metadata` and `spec`) or a Pod. Role and group are left to the caller.
PodTemplate ReadPodTemplate(const YamlNode& pod);

// The parts of a PodSpec, for charts that spread them over keys of their own.
Container ReadContainer(const YamlNode& node);
std::vector<EnvVar> ReadEnv(const YamlNode& list);
std::vector<VolumeMount> ReadMounts(const YamlNode& list);
std::vector<Volume> ReadVolumes(const YamlNode& list);
std::optional<int64_t> ReadId(const YamlNode& node);

}  // namespace oakum
