#include "rules/wiring/unread_netrc_setting.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/model/command_option.h"
#include "analyzer/model/unread_setting.h"

namespace oakum {

namespace {

Finding MakeFinding(const Rule& rule, const Document& document, Span where, std::string anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), where};
  finding.label = "not read";
  finding.anchor = std::move(anchor);
  return finding;
}

// A variable or a key of a file in the words of a message.
void Describe(const Setting& setting, std::string_view tool, bool beside, Finding& finding) {
  const bool file = setting.scope == SettingScope::kFile;
  const std::string name = file ? fmt::format("`{}`", setting.name) : setting.name;
  if (beside) {
    finding.severity = Severity::kNote;
    finding.message =
        fmt::format("{} is read by nobody; the NETRC beside it is what {} takes.", name, tool);
    finding.help = fmt::format("leave {} out", name);
    return;
  }
  finding.message = fmt::format(
      "{} has no option for a netrc, so {} is read by nobody: {} takes the file that NETRC names, "
      "or ~/.netrc.",
      tool, name, tool);
  finding.help = file ? "set the variable NETRC where the program runs"
                      : fmt::format("write NETRC in place of {}", name);
}

// The container whose environment the variable is set in; null if it is set anywhere else.
const Container* ContainerOf(const Facts& facts, const Setting& setting) {
  for (const KubernetesObject& object : facts.kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        for (const EnvVar& variable : container.env) {
          if (variable.name_span == setting.name_span) return &container;
        }
      }
    }
  }
  return nullptr;
}

bool Has(const std::vector<CiValue>& environment, std::string_view name) {
  return std::any_of(environment.begin(), environment.end(),
                     [name](const CiValue& value) { return value.name == name; });
}

bool HasAt(const std::vector<CiValue>& environment, Span span) {
  return std::any_of(environment.begin(), environment.end(),
                     [span](const CiValue& value) { return value.span == span; });
}

// Whether a job or step that the variable is set for has a NETRC, too; none if it is not known
// whose it is.
std::optional<bool> HasNetrcInJob(const Facts& facts, const Setting& setting) {
  std::optional<bool> beside;
  for (const CiJob& job : facts.ci_jobs) {
    const bool of_job = HasAt(job.environment, setting.span);
    const bool job_has = Has(job.environment, "NETRC");
    if (of_job) beside = beside.value_or(false) || job_has;
    for (const CiStep& step : job.steps) {
      const bool of_step = HasAt(step.environment, setting.span);
      const bool step_has = Has(step.environment, "NETRC");
      if (of_step) beside = beside.value_or(false) || job_has || step_has;
      if (of_job) beside = *beside || step_has;
    }
  }
  return beside;
}

bool HasNetrcBeside(const Facts& facts, const Setting& setting) {
  if (const Container* container = ContainerOf(facts, setting)) {
    return container->Env("NETRC") != nullptr;
  }
  if (const std::optional<bool> beside = HasNetrcInJob(facts, setting)) return *beside;
  return std::any_of(facts.settings.begin(), facts.settings.end(), [&](const Setting& other) {
    return other.name == "NETRC" && other.scope == setting.scope &&
           other.environment == setting.environment;
  });
}

}  // namespace

void CheckUnreadNetrcSettings(const Rule& rule, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  for (const Setting& setting : facts.settings) {
    const std::string_view tool = UnreadNetrcSetting(setting);
    if (tool.empty() || UsesVariable(facts.commands, setting.name)) continue;
    const bool beside = HasNetrcBeside(facts, setting);
    Finding finding = MakeFinding(rule, document, ValuePlace(setting), setting.name);
    Describe(setting, tool, beside, finding);
    const bool rename = !beside && setting.scope != SettingScope::kFile &&
                        setting.name.find("USE") == std::string::npos && !setting.name_span.empty();
    if (rename) {
      finding.fixes.push_back(
          {"Rename it to NETRC", false, {{{&document.source(), setting.name_span}, "NETRC"}}});
    }
    report(std::move(finding));
  }
  for (const Command& command : facts.commands) {
    const Value* value = UnreadPipConfig(command);
    if (value == nullptr) continue;
    Finding finding = MakeFinding(rule, document, value->ToSource(), "pip config netrc");
    finding.message =
        "pip has no option for a netrc: it keeps this key in its configuration and never reads it. "
        "It takes the file that NETRC names, or ~/.netrc.";
    finding.help = "set the variable NETRC where pip runs";
    report(std::move(finding));
  }
}

}  // namespace oakum
