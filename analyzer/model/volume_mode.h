// A file mode as a Kubernetes volume has it: `defaultMode` or `mode`.
//
// The API wants a number from 0 to 511. What number a text means depends on who reads it: kubectl,
// Helm and PyYAML follow YAML 1.1 (`0400` is octal 256), YAML 1.2 readers take `0400` for four
// hundred and `0o400` for octal, JSON knows decimal only (ray.md 2.4). All readings are kept, with
// the text as written, so that a rule can say what happens instead of guessing.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"

namespace oakum {

// What `lexeme`, unquoted, is to each reader; none where it is no integer there.
struct ModeReadings {
  std::optional<int64_t> yaml11;  // kubectl, Helm, PyYAML
  std::optional<int64_t> yaml12;
  std::optional<int64_t> json;
};

ModeReadings ReadMode(std::string_view lexeme);

struct VolumeMode {
  std::string key;     // "defaultMode" or "mode"
  std::string lexeme;  // as written; empty if a template fills it in
  std::string volume;  // "secret", "configMap", "projected", "downwardAPI"
  bool quoted = false;
  bool json = false;     // the file is JSON
  bool for_ray = false;  // in a pod that KubeRay makes
  ModeReadings readings;
  Span span;  // the value, quotes included
};

// "0640" for 416.
std::string Octal(int64_t mode);

}  // namespace oakum
