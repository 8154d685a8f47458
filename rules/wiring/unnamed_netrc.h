// OAK506, the part about files: a netrc that is mounted and that nothing names.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/container_path.h"
#include "analyzer/model/kubernetes.h"

namespace oakum {

// Reports each mount of a Ray container that holds a netrc, in an object that never sets NETRC,
// unless an image of the tree names it.
void CheckUnnamedNetrc(const Rule& rule, const Project& project, const Document& document,
                       const KubernetesObject& object, const KeysOfSource& keys,
                       const Report& report);

}  // namespace oakum
