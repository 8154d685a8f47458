// Where a location is, in the lines and columns of one output format.
//
// Formats ask for many positions in few files, so line indexes are kept for the life of the
// locator.
//
// Thread-safety: for one thread at a time. Sources must outlive the locator.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

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
  // Columns are counted on from the nearest place before that has been asked for: a line may have
  // thousands of findings.
  Position PositionOf(const Source& source, uint32_t offset, ColumnUnit unit);

  std::map<const Source*, std::unique_ptr<LineIndex>> lines_;
  std::map<std::pair<const Source*, ColumnUnit>, std::map<uint32_t, uint32_t>> columns_;
};

}  // namespace oakum
