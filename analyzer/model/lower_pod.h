// Pod templates from YAML, whatever object they stand in.
//
// Aliases can bring one list into a document many times over; a reader therefore takes a limited
// number of items, all in all, and leaves the rest out. One reader reads one document.
//
// Thread-safety: none; a reader is used within one call.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/model/kubernetes.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

class PodReader {
 public:
  // From a PodTemplateSpec (`metadata` and `spec`) or a Pod. Role and group are left to the caller.
  PodTemplate ReadPod(const YamlNode& pod);

  // The parts of a PodSpec, for charts that spread them over keys of their own.
  Container ReadContainer(const YamlNode& node);
  std::vector<EnvVar> ReadEnv(const YamlNode& list);
  std::vector<VolumeMount> ReadMounts(const YamlNode& list);
  std::vector<Volume> ReadVolumes(const YamlNode& list);
  std::vector<PullSecretReference> ReadPullSecrets(const YamlNode& list);

  // As many of the entries as may still be read.
  std::span<const YamlEntry> Take(const YamlNode& collection);
  bool exhausted() const { return left_ == 0; }

 private:
  VolumeSource ReadSource(VolumeSource::Kind kind, const YamlNode& node, std::string_view name_key);
  VolumeSource ReadProjectedSource(const YamlNode& node);
  Volume ReadVolume(const YamlNode& node);
  // `node` has `command` and `args`; `variables` are the container's.
  void ReadCommand(const YamlNode& node, const std::set<std::string_view>& variables,
                   Container& container);

  size_t left_ = 200'000;
};

// `runAsUser`, `fsGroup` and their like; none if a template fills it in.
std::optional<int64_t> ReadId(const YamlNode& node);

// What the pod's securityContext says, and what is left to each container.
void ReadPodIds(const YamlNode& context, PodTemplate& pod);
SecurityIds ReadIds(const YamlNode& context);

}  // namespace oakum
