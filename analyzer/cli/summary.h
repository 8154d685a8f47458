// What a run says about itself on standard error: what it could not read, what it passed over and
// how much it read.
//
// A run that read nothing says so even when it is asked to be quiet: silence must not pass for a
// clean bill.
//
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyzer/cli/discovery.h"
#include "analyzer/engine/scan.h"

namespace oakum {

struct SummaryOptions {
  bool quiet = false;    // only warnings and errors
  bool verbose = false;  // name what was passed over
};

// All lines, each with its line end.
std::string Summarize(const ScanReport& report, std::span<const Skipped> skipped,
                      const SummaryOptions& options);

}  // namespace oakum
