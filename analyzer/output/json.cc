#include "analyzer/output/json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "analyzer/engine/fingerprint.h"
#include "analyzer/engine/shown.h"
#include "analyzer/output/position.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

Json At(uint32_t line, uint32_t column, uint32_t offset) {
  return {{"line", line}, {"column", column}, {"offset", offset}};
}

Json Place(const Location& location, Locator& locator) {
  const Region region = locator.RegionOf(location, ColumnUnit::kCodePoints);
  return {{"path", ShownPath(location.source->path())},
          {"start", At(region.start_line, region.start_column, location.span.begin)},
          {"end", At(region.end_line, region.end_column, location.span.end)}};
}

Json Places(const std::vector<Step>& steps, Locator& locator) {
  Json places = Json::array();
  for (const Step& step : steps) {
    Json place = {{"text", step.text}};
    place.update(Place(step.where, locator));
    places.push_back(std::move(place));
  }
  return places;
}

Json Describe(const Finding& finding, const std::string& fingerprint, Locator& locator) {
  Json json = {{"code", finding.rule->code},
               {"name", finding.rule->name},
               {"severity", SeverityName(finding.severity)},
               {"message", finding.message}};
  json.update(Place(finding.where, locator));
  json["label"] = finding.label;
  json["steps"] = Places(finding.steps, locator);
  json["related"] = Places(finding.related, locator);
  json["help"] = finding.help;
  json["fingerprint"] = fingerprint;
  return json;
}

Json Describe(const Notification& notification, Locator& locator) {
  constexpr std::string_view kLevels[] = {"note", "warning", "error"};
  Json json = {{"level", kLevels[static_cast<int>(notification.level)]},
               {"message", notification.message},
               {"path", ShownPath(notification.path)}};
  if (notification.where.source) json.update(Place(notification.where, locator));
  return json;
}

}  // namespace

std::string FormatJson(const ScanReport& report, const ReportContext& context) {
  Locator locator;
  const auto fingerprints = Fingerprints(report.findings, context.fingerprint_key);
  Json findings = Json::array();
  for (size_t i = 0; i < report.findings.size(); ++i) {
    findings.push_back(Describe(report.findings[i], fingerprints[i], locator));
  }
  Json notifications = Json::array();
  for (const Notification& notification : report.notifications) {
    notifications.push_back(Describe(notification, locator));
  }
  const auto count = [&](Severity severity) {
    return std::count_if(report.findings.begin(), report.findings.end(),
                         [&](const Finding& finding) { return finding.severity == severity; });
  };
  const Json json = {{"schema", "oakum/report/v1"},
                     {"version", context.version},
                     {"findings", std::move(findings)},
                     {"notifications", std::move(notifications)},
                     {"summary",
                      {{"errors", count(Severity::kError)},
                       {"warnings", count(Severity::kWarning)},
                       {"notes", count(Severity::kNote)},
                       {"files", report.files},
                       {"bytes", report.bytes}}}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum
