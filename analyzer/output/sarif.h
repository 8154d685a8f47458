// SARIF 2.1.0, as GitHub code scanning reads it and as the OASIS standard asks for it.
//
// Columns count UTF-16 units. Paths are relative to the repository's root (%SRCROOT%), which is not
// itself named: a report says nothing about the machine it was made on. There are no snippets, so
// there is no secret. Where there are more results than GitHub keeps, the gravest come first.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/scan.h"
#include "analyzer/output/context.h"

namespace oakum {

// With a line end.
std::string FormatSarif(const ScanReport& report, const ReportContext& context);

}  // namespace oakum
