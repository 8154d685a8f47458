#include "analyzer/output/text.h"

#include <fmt/format.h>

#include "analyzer/engine/rule.h"
#include "analyzer/output/plain.h"
#include "analyzer/output/position.h"

namespace oakum {

namespace {

std::string Place(const Location& location, Locator& locator) {
  const Region region = locator.RegionOf(location, ColumnUnit::kCodePoints);
  return fmt::format("{}:{}:{}", Plain(location.source->path()), region.start_line,
                     region.start_column);
}

}  // namespace

std::string FormatText(const ScanReport& report, const TextOptions&) {
  std::string out;
  Locator locator;
  for (const Finding& finding : report.findings) {
    if (!out.empty()) out += '\n';
    out += fmt::format("{}[{} {}]: {}\n", SeverityName(finding.severity), finding.rule->code,
                       finding.rule->name, Plain(finding.message));
    out += fmt::format("  --> {}\n", Place(finding.where, locator));
    if (!finding.label.empty()) out += fmt::format("   = {}\n", Plain(finding.label));
    int number = 0;
    for (const Step& step : finding.steps) {
      out +=
          fmt::format("   = {}: {} ({})\n", ++number, Plain(step.text), Place(step.where, locator));
    }
    for (const Step& step : finding.related) {
      out += fmt::format("   = see {}: {}\n", Place(step.where, locator), Plain(step.text));
    }
    if (!finding.help.empty()) out += fmt::format("   = help: {}\n", Plain(finding.help));
  }
  return out;
}

}  // namespace oakum
