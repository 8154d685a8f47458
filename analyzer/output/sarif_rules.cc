#include "analyzer/output/sarif_rules.h"

#include <algorithm>
#include <string>

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// GitHub's bands: 7.0 to 8.9 is high, 4.0 to 6.9 medium, below that low.
std::string_view SecuritySeverity(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "3.0";
    case Severity::kWarning:
      return "5.5";
    case Severity::kError:
      return "8.0";
  }
  return "8.0";
}

std::string_view ProblemSeverity(Severity severity) {
  return severity == Severity::kNote ? "recommendation" : SeverityName(severity);
}

struct Family {
  char digit;  // the first of the code
  std::string_view tag;
  std::string_view cwe;
};

constexpr Family kFamilies[] = {
    {'1', "credentials", "external/cwe/cwe-522"},  // insufficiently protected credentials
    {'2', "docker", "external/cwe/cwe-538"},       // sensitive information in an accessible file
    {'3', "permissions", "external/cwe/cwe-732"},  // incorrect permissions of a critical resource
    {'4', "registry", "external/cwe/cwe-522"},    {'5', "ray", "external/cwe/cwe-522"},
    {'6', "ci", "external/cwe/cwe-532"},  // sensitive information in a log file
};

// The first paragraph below the page's title and headings, on one line; the summary if there is
// none.
std::string FirstParagraph(const RuleInfo& info) {
  std::string paragraph;
  std::string_view rest = info.page;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with('#') || (line.empty() && paragraph.empty())) continue;
    if (line.empty()) break;
    if (!paragraph.empty()) paragraph += ' ';
    paragraph += line;
  }
  constexpr size_t kMaxText = 1000;  // GitHub takes 1024
  const bool leads_to_list = paragraph.ends_with(':');
  if (paragraph.empty() || leads_to_list || paragraph.size() > kMaxText)
    return std::string(info.rule->summary);
  return paragraph;
}

Json Properties(const Rule& rule) {
  Json tags = Json::array({"security"});
  for (const Family& family : kFamilies) {
    if (rule.code.size() <= 3 || rule.code[3] != family.digit) continue;
    tags.push_back(family.tag);
    tags.push_back(family.cwe);
  }
  return {{"tags", std::move(tags)},
          {"precision", "high"},
          {"problem.severity", ProblemSeverity(rule.severity)},
          {"security-severity", SecuritySeverity(rule.severity)}};
}

Json Describe(const RuleInfo& info) {
  const Rule& rule = *info.rule;
  const std::string_view page = info.page.empty() ? rule.summary : info.page;
  return {{"id", rule.code},
          {"name", rule.name},
          {"shortDescription", {{"text", rule.summary}}},
          {"fullDescription", {{"text", FirstParagraph(info)}}},
          {"help", {{"text", page}, {"markdown", page}}},
          {"defaultConfiguration", {{"level", SeverityName(rule.severity)}}},
          {"properties", Properties(rule)}};
}

}  // namespace

Json SarifDriver(const ReportContext& context) {
  Json rules = Json::array();
  for (const RuleInfo& info : context.rules) rules.push_back(Describe(info));
  constexpr std::string_view kInput =
      "Input that was passed over or not fully understood: a file that is too large or cannot be "
      "opened, text that does not parse.";
  const Json input = {{"id", kSarifInputNotification},
                      {"name", "input-notification"},
                      {"shortDescription", {{"text", "Input that was passed over."}}},
                      {"fullDescription", {{"text", kInput}}},
                      {"help", {{"text", kInput}}}};
  Json driver = {{"name", "oakum"}, {"semanticVersion", context.version}};
  if (!context.homepage.empty()) driver["informationUri"] = context.homepage;
  driver.update({{"rules", std::move(rules)}, {"notifications", Json::array({input})}});
  return driver;
}

}  // namespace oakum
