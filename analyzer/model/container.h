// A container of a pod: its environment, mounts, commands and user, as the object says it.
//
// Values keep their bytes; a hole is a template's (`{{ }}`) or a reference that the kubelet expands
// (`$(NAME)`).
//
// Thread-safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/volume.h"

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

}  // namespace oakum
