// Workflow commands: GitHub Actions turns each printed line into an annotation of the run.
//
//   ::error file=Dockerfile,line=4,col=6,endLine=4,endColumn=12,title=OAK201 ...::message
//
// Paths are relative to the repository's root; columns count UTF-16 units from one. See GitHub's
// "Workflow commands" for the escapes.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/scan.h"
#include "analyzer/output/context.h"

namespace oakum {

std::string FormatGithub(const ScanReport& report, const ReportContext& context);

}  // namespace oakum
