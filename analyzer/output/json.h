// The report for programs: one JSON object with a stable schema, described in docs/json.md.
//
// Fields are added, never renamed or removed, without a new value of "schema". Lines and columns
// are one-based, columns count code points, ends are exclusive; "offset" is in bytes. There is no
// source text in it, so there is no secret.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/scan.h"
#include "analyzer/output/context.h"

namespace oakum {

// With a line end.
std::string FormatJson(const ScanReport& report, const ReportContext& context);

}  // namespace oakum
