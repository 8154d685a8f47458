#include "analyzer/engine/finding.h"

#include <tuple>

#include "analyzer/engine/rule.h"

namespace oakum {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

bool ReportsBefore(const Finding& a, const Finding& b) {
  return std::tie(a.where.source->path(), a.where.span, a.rule->code, a.message) <
         std::tie(b.where.source->path(), b.where.span, b.rule->code, b.message);
}

}  // namespace oakum
