// OAK522: the whole environment of a process in the env_vars of a runtime_env.

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/runtime_env.h"
#include "rules/wiring/runtime_env_place.h"

namespace oakum {

namespace {

// `os.environ`, a copy of it, its items.
bool IsEnvironment(const Value& value) {
  if (value.holes().size() != 1) return false;
  std::string_view name = value.holes().front().hole.name;
  constexpr std::string_view kEnvironment = "os.environ";
  if (!name.starts_with(kEnvironment)) return false;
  name.remove_prefix(kEnvironment.size());
  return name.empty() || name == "b" || name == ".copy()" || name == ".items()";
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvSpread& spread : env.env_vars_from) {
      if (!IsEnvironment(spread.value)) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.where = {&document.source(), PrimarySpanOf(spread.value, document.source().text())};
      if (!reported.insert(finding.where.span).second) continue;
      finding.message = fmt::format(
          "All variables of this process go into {}, every token and password of the shell or CI "
          "job that starts it among them. {}",
          env.surface == RuntimeEnvSurface::kRllib ? env.handed_by : "env_vars",
          WhereEnvVarsGo(env));
      finding.label = "the whole environment";
      finding.help =
          "name the variables that the workers need: `{name: os.environ[name] for name "
          "in (\"HF_HOME\", \"NCCL_DEBUG\")}`";
      for (Span origin : spread.origins) {
        if (!origin.Overlaps(finding.where.span)) {
          finding.steps.push_back({{&document.source(), origin}, "the environment is taken here"});
        }
      }
      if (!finding.steps.empty()) finding.steps.push_back({finding.where, "it goes to Ray here"});
      finding.anchor = "env_vars/environ";
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kEnvironForwarded = {
    .code = "OAK522",
    .name = "environ-forwarded",
    .severity = Severity::kError,
    .summary = "The whole environment of a process is put into env_vars.",
    .check_document = Check,
};

}  // namespace oakum
