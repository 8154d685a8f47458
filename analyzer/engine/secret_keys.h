// Which files a Secret or ConfigMap brings, as far as the tree tells.
//
// A name may be defined more than once (one overlay a stage): a key of any definition counts. One
// definition whose keys are not all known makes the answer unknown.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/container_path.h"
#include "analyzer/model/keyed_source.h"

namespace oakum {

struct KeyedSourceAt {
  const Document* document = nullptr;
  KeyedSource source;
};

// Every definition of this name: manifests, kustomize generators, `kubectl create` in scripts. By
// path, then place.
std::vector<KeyedSourceAt> DefinitionsOf(const Project& project, std::string_view name,
                                         bool config_map);

// The keys that these definitions give a volume's source. The project must outlive the function,
// which remembers its answers and is for one thread.
KeysOfSource KeysIn(const Project& project);

}  // namespace oakum
