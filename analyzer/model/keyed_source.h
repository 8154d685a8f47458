// Secrets and ConfigMaps by name, with the keys that are known of them: what a volume of that name
// will hold as files.
//
// Defined by manifests (Secret, ConfigMap, ExternalSecret, SealedSecret), kustomize generators and
// `kubectl create secret|configmap` commands alike. `complete` says whether the list of keys is all
// there is: `--from-env-file`, `--from-file=DIR`, `dataFrom` and templates leave it open.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/model/command.h"

namespace oakum {

struct SourceKey {
  std::string name;
  Span span;
};

struct KeyedSource {
  bool config_map = false;  // else a Secret
  std::string name;
  std::string name_space;
  std::vector<SourceKey> keys;
  bool complete = true;
  Span span;  // where it is named
};

// The Secret or ConfigMap that `kubectl create` (or `oc create`) makes; none for other commands.
std::optional<KeyedSource> KeyedSourceOf(const Command& command);

// The key and file of `--from-file=[KEY=]FILE`: the file's base name unless a key is given.
SourceKey KeyOfFile(const Value& argument);

}  // namespace oakum
