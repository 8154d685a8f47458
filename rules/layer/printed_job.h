// What CI jobs, and the scripts they run, print of secrets into their logs.
//
// A job knows its own secrets, those that its `env:` brings, and the credential files that its
// steps have written so far. GitHub hides a text that is exactly a secret of its own.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

void ReportPrintedInJobs(const Rule& rule, const Document& document, const Report& report);

// Of a script that some CI job runs, or that lies where only CI looks.
void ReportPrintedInScript(const Rule& rule, const Project& project, const Document& script,
                           const Report& report);

}  // namespace oakum
