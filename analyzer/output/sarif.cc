#include "analyzer/output/sarif.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analyzer/base/path.h"
#include "analyzer/engine/fingerprint.h"
#include "analyzer/engine/line_hash.h"
#include "analyzer/engine/shown.h"
#include "analyzer/output/position.h"
#include "analyzer/output/sarif_rules.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// GitHub takes no more results of a run than the one, and stores no more than the other.
constexpr size_t kMaxResults = 25000;
constexpr size_t kMaxStoredResults = 5000;

std::string PercentEncoded(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string encoded;
  for (char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != kPlain.npos;
    if (plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

class SarifWriter {
 public:
  SarifWriter(const ScanReport& report, const ReportContext& context)
      : report_(report), context_(context) {}

  Json Log() {
    Json results = Json::array();
    const auto fingerprints = Fingerprints(report_.findings, context_.fingerprint_key);
    for (size_t i : Order()) results.push_back(Result(report_.findings[i], fingerprints[i]));
    Json notifications = Json::array();
    for (const Notification& notification : report_.notifications) {
      notifications.push_back(Describe(notification));
    }
    const Json run = {
        {"tool", {{"driver", SarifDriver(context_)}}},
        {"invocations", Json::array({{{"executionSuccessful", true},
                                      {"toolExecutionNotifications", std::move(notifications)}}})},
        {"automationDetails", {{"id", "oakum/"}}},
        {"columnKind", "utf16CodeUnits"},
        {"results", std::move(results)},
    };
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({run})}};
  }

 private:
  // Report order, or the gravest first where GitHub would cut the rest off or refuse the file.
  std::vector<size_t> Order() const {
    std::vector<size_t> order(report_.findings.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (order.size() > kMaxStoredResults) {
      std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return report_.findings[a].severity > report_.findings[b].severity;
      });
    }
    order.resize(std::min(order.size(), kMaxResults));
    return order;
  }

  Json Artifact(const std::string& path) const {
    if (path.starts_with('/')) return {{"uri", "file://" + PercentEncoded(path)}};
    const std::string below = CleanPath(context_.path_prefix + path);
    if (below.starts_with("../")) {
      return {{"uri", "file://" + PercentEncoded(JoinPath(context_.folder, path))}};
    }
    return {{"uri", PercentEncoded(below)}, {"uriBaseId", "%SRCROOT%"}};
  }

  Json Physical(const Location& location) {
    const Region region = locator_.RegionOf(location, ColumnUnit::kUtf16);
    return {{"artifactLocation", Artifact(ShownPath(location.source->path()))},
            {"region",
             {{"startLine", region.start_line},
              {"startColumn", region.start_column},
              {"endLine", region.end_line},
              {"endColumn", region.end_column}}}};
  }

  Json Place(const Step& step) {
    return {{"physicalLocation", Physical(step.where)}, {"message", {{"text", step.text}}}};
  }

  const std::string& LineHash(const Location& location) {
    std::vector<std::string>& hashes = line_hashes_[location.source];
    if (hashes.empty()) hashes = LineHashes(location.source->text());
    const size_t line = locator_.Lines(*location.source).LineOf(location.span.begin);
    return hashes[std::min(line, hashes.size() - 1)];
  }

  // The message, with a link to each related location; GitHub shows only those that are linked.
  static std::string MessageOf(const Finding& finding) {
    std::string message = finding.message;
    for (size_t i = 0; i < finding.related.size(); ++i) {
      std::string text = finding.related[i].text;
      std::replace(text.begin(), text.end(), '[', '(');
      std::replace(text.begin(), text.end(), ']', ')');
      message += fmt::format("{}[{}]({})", i == 0 ? " See also: " : ", ", text, i + 1);
    }
    if (!finding.related.empty()) message += '.';
    return message;
  }

  size_t RuleIndex(const Rule* rule) const {
    const auto found = std::find_if(context_.rules.begin(), context_.rules.end(),
                                    [&](const RuleInfo& info) { return info.rule == rule; });
    return static_cast<size_t>(found - context_.rules.begin());
  }

  Json Result(const Finding& finding, const std::string& fingerprint) {
    Json result = {{"ruleId", finding.rule->code},
                   {"ruleIndex", RuleIndex(finding.rule)},
                   {"level", SeverityName(finding.severity)},
                   {"message", {{"text", MessageOf(finding)}}}};
    result["locations"].push_back({{"physicalLocation", Physical(finding.where)}});
    for (size_t i = 0; i < finding.related.size(); ++i) {
      Json related = {{"id", i + 1}};
      related.update(Place(finding.related[i]));
      result["relatedLocations"].push_back(std::move(related));
    }
    if (!finding.steps.empty()) {
      Json locations = Json::array();
      for (const Step& step : finding.steps) locations.push_back({{"location", Place(step)}});
      const Json flow = {{"locations", std::move(locations)}};
      result["codeFlows"].push_back({{"threadFlows", Json::array({flow})}});
    }
    result["partialFingerprints"] = {{"primaryLocationLineHash", LineHash(finding.where)},
                                     {"oakum/v1", fingerprint}};
    return result;
  }

  Json Describe(const Notification& notification) {
    constexpr std::string_view kLevels[] = {"note", "warning", "error"};
    Json json = {{"level", kLevels[static_cast<int>(notification.level)]},
                 {"descriptor", {{"id", kSarifInputNotification}, {"index", 0}}},
                 {"message", {{"text", notification.message}}}};
    if (notification.where.source) {
      json["locations"].push_back({{"physicalLocation", Physical(notification.where)}});
    } else if (!notification.path.empty()) {
      json["locations"].push_back(
          {{"physicalLocation", {{"artifactLocation", Artifact(ShownPath(notification.path))}}}});
    }
    return json;
  }

  const ScanReport& report_;
  const ReportContext& context_;
  Locator locator_;
  std::map<const Source*, std::vector<std::string>> line_hashes_;
};

}  // namespace

std::string FormatSarif(const ScanReport& report, const ReportContext& context) {
  return SarifWriter(report, context).Log().dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace oakum
