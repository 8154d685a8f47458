// OAK603, the part about what a step tells the runner: secrets in its files, and in the names of
// caches and artifacts.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// Reports each secret that a job writes to $GITHUB_ENV and its like, or makes part of such a name.
void CheckRunnerSecrets(const Rule& rule, const Document& document, const Report& report);

}  // namespace oakum
