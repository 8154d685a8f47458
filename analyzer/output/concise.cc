#include "analyzer/output/concise.h"

#include <fmt/format.h>

#include "analyzer/engine/rule.h"
#include "analyzer/engine/shown.h"
#include "analyzer/output/plain.h"
#include "analyzer/output/position.h"

namespace oakum {

std::string FormatConcise(const ScanReport& report) {
  std::string out;
  Locator locator;
  for (const Finding& finding : report.findings) {
    const Region region = locator.RegionOf(finding.where, ColumnUnit::kCodePoints);
    out += fmt::format("{}:{}:{}: {}[{}] {}\n", Plain(ShownPath(finding.where.source->path())),
                       region.start_line, region.start_column, SeverityName(finding.severity),
                       finding.rule->code, Plain(finding.message));
  }
  return out;
}

}  // namespace oakum
