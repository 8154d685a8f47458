// `oakum scan`: discover, load, scan, report, sum up.
#pragma once

#include "analyzer/cli/console.h"
#include "analyzer/cli/options.h"

namespace oakum {

// Returns an ExitStatus.
int RunScan(const ScanCommand& command, const Console& console);

}  // namespace oakum
