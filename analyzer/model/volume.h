// Volumes of a pod and where containers mount them, as the object says it.
//
// Where the files of a volume come from, under which names and with which modes; what a container
// can read of them is asked of container_path.h and volume_access.h. Values keep their bytes; a
// hole is a template's (`{{ }}`) or a reference that the kubelet expands (`$(NAME)`).
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

// `defaultMode` of a volume, `mode` of an item: the value kubectl reads.
struct GivenMode {
  bool given = false;
  std::optional<int64_t> value;  // none if a template fills it in, or if it is no number
  Span span;
};

// `defaultUser` of a volume, `user` of an item: who owns the files in place of root, on clusters
// with the feature gate AtomicWriteVolumeUserFields.
struct GivenOwner {
  bool given = false;
  std::optional<int64_t> uid;  // none if a template fills it in
};

struct VolumeItem {
  Value key;
  Value path;
  Span span;
  GivenMode mode;
  GivenOwner owner;
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
  GivenOwner default_owner;
  Span name_span;
  Span source_span;  // the key: `secret`, `projected`
  Span span;
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

}  // namespace oakum
