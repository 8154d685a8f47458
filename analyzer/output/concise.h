// One line a finding, for grep and for editors: path:line:column: severity[CODE] message.
//
// Columns count UTF-8 code points from one, as people do.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/scan.h"

namespace oakum {

std::string FormatConcise(const ScanReport& report);

}  // namespace oakum
