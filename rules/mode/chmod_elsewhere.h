// OAK303, the part about scripts: a chmod that is for another file than the one that is written.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// A script writes a credential file and tightens another of the same name.
void ReportChmodElsewhere(const Rule& rule, const Project& project, const Document& document,
                          const Report& report);

}  // namespace oakum
