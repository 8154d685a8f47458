// The part of OAK404 that is about docker's config.json format, in files and in pull secrets.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

void CheckDockerConfigs(const Rule& rule, const Project& project, const Report& report);

}  // namespace oakum
