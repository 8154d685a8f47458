#include "analyzer/output/github.h"

#include <fmt/format.h>

#include "analyzer/engine/shown.h"
#include "analyzer/output/plain.h"
#include "analyzer/output/position.h"

namespace oakum {

namespace {

std::string Escaped(std::string_view text, std::string_view special) {
  std::string escaped;
  for (char c : text) {
    if (special.find(c) == special.npos) {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

std::string Property(std::string_view text) {
  return Plain(Escaped(text, "%\r\n:,"));
}
std::string Message(std::string_view text) {
  return Escaped(text, "%\r\n");
}

std::string_view CommandOf(Severity severity) {
  return severity == Severity::kNote ? "notice" : SeverityName(severity);
}

// Everything an annotation has room for: message, path and help, a line each.
std::string Body(const Finding& finding, Locator& locator) {
  std::string body = Plain(finding.message);
  int number = 0;
  for (const Step& step : finding.steps) {
    const Region region = locator.RegionOf(step.where, ColumnUnit::kUtf16);
    body += fmt::format("\n{}: {} ({}:{})", ++number, Plain(step.text),
                        Plain(ShownPath(step.where.source->path())), region.start_line);
  }
  if (!finding.help.empty()) body += "\nhelp: " + Plain(finding.help);
  return body;
}

}  // namespace

std::string FormatGithub(const ScanReport& report, const ReportContext& context) {
  std::string out;
  Locator locator;
  for (const Finding& finding : report.findings) {
    const Region region = locator.RegionOf(finding.where, ColumnUnit::kUtf16);
    out += fmt::format("::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
                       CommandOf(finding.severity),
                       Property(ShownPath(context.path_prefix + finding.where.source->path())),
                       region.start_line, region.start_column, region.end_line, region.end_column,
                       Property(fmt::format("{} {}", finding.rule->code, finding.rule->name)),
                       Message(Body(finding, locator)));
  }
  return out;
}

}  // namespace oakum
