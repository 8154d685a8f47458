// Where a location is, in the lines and columns of one output format.
//
// Formats ask for many positions in few files, so line indexes are kept for the life of the
// locator.
//
// Thread-safety: for one thread at a time. Sources must outlive the locator.
#pragma once

#include <map>
#include <memory>

#include "analyzer/base/line_index.h"
#include "analyzer/engine/finding.h"

namespace oakum {

// One-based; the end is exclusive (one past the last column), as SARIF and editors count.
struct Region {
  uint32_t start_line = 1;
  uint32_t start_column = 1;
  uint32_t end_line = 1;
  uint32_t end_column = 1;
};

class Locator {
 public:
  const LineIndex& Lines(const Source& source);
  Region RegionOf(const Location& location, ColumnUnit unit);

 private:
  std::map<const Source*, std::unique_ptr<LineIndex>> lines_;
};

}  // namespace oakum
