// OAK525: settings and code that show a runtime_env that holds a credential.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/runtime_env.h"
#include "rules/wiring/runtime_env_place.h"

namespace oakum {

namespace {

constexpr std::string_view kToDriver = "RAY_RUNTIME_ENV_LOG_TO_DRIVER_ENABLED";
constexpr std::string_view kRedact = "RAY_DASHBOARD_REDACT_RUNTIME_ENV";
constexpr std::string_view kHistoryServer = "historyServerOptions";

// A runtime_env with a credential, and what that is.
struct Holder {
  Location where;
  std::string credential;
};

std::optional<Holder> HolderIn(const Document& document) {
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    std::string credential = CredentialOf(env);
    if (credential.empty()) continue;
    const Span at = env.handed_at.empty() ? env.span : env.handed_at;
    return Holder{{&document.source(), at}, std::move(credential)};
  }
  return std::nullopt;
}

// The first of the project; of `document` if it has one.
std::optional<Holder> HolderFor(const Project& project, const Document& document) {
  if (std::optional<Holder> own = HolderIn(document)) return own;
  for (const auto& other : project.documents()) {
    if (std::optional<Holder> found = HolderIn(*other)) return found;
  }
  return std::nullopt;
}

bool IsOn(const Value& value) {
  const std::string text = ToLower(value.text());
  return value.is_literal() && (text == "1" || text == "true" || text == "yes" || text == "on");
}

bool IsOff(const Value& value) {
  const std::string text = ToLower(value.text());
  return value.is_literal() && (text == "0" || text == "false" || text == "no" || text == "off");
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), project_(project), document_(document), report_(report) {}

  void Run() {
    for (const RuntimeEnvPrint& print : document_.facts().runtime_env_prints) Print(print);
    for (const Setting& setting : document_.facts().settings) Set(setting);
    for (const RuntimeEnv& env : document_.facts().runtime_envs) Expanded(env);
  }

 private:
  void Print(const RuntimeEnvPrint& print) {
    std::string credential;
    std::optional<Holder> holder;
    if (print.what == "os.environ") {
      credential = "the whole environment of the process";
    } else if (!print.env.empty()) {
      credential = CredentialOf(print.env);
    } else {
      const bool context = print.what.starts_with("ray.get_runtime_context");
      holder = context ? HolderFor(project_, document_) : HolderIn(document_);
      if (holder) credential = holder->credential;
    }
    if (credential.empty()) return;
    Finding finding = At(print.span);
    finding.message = fmt::format(
        "`{}` shows `{}`, and with it {}. What a driver or worker prints goes to Ray's session "
        "logs "
        "on the node, to the driver's console and to the dashboard.",
        print.sink, print.what, credential);
    finding.label = "shown here";
    finding.help = print.what == "os.environ"
                       ? "print the names of the variables that matter"
                       : "print the names alone: `sorted(runtime_env.get(\"env_vars\", {}))`";
    finding.anchor = fmt::format("print/{}", print.what);
    Send(std::move(finding), holder);
  }

  void Set(const Setting& setting) {
    if (setting.name == kRedact && IsOff(setting.value)) {
      Finding finding = At(setting.span);
      finding.message = fmt::format(
          "`{}` is off: the dashboard shows the values of env_vars to every browser that reaches "
          "it.",
          kRedact);
      finding.label = "redaction is off";
      finding.help = "leave the variable out: redaction is on by default";
      finding.anchor = std::string(kRedact);
      return Send(std::move(finding), HolderFor(project_, document_));
    }
    const bool to_driver = setting.name == kToDriver && IsOn(setting.value);
    if (!to_driver && setting.name != kHistoryServer) return;
    const std::optional<Holder> holder = HolderFor(project_, document_);
    if (!holder) return;
    Finding finding = At(setting.span);
    if (to_driver) {
      finding.message = fmt::format(
          "`{}` streams the set-up log of every runtime_env to the driver, and with it {}: into "
          "the "
          "console, notebook or CI log that started the job.",
          kToDriver, holder->credential);
      finding.label = "streams the set-up log";
      finding.help = "leave the variable out, or keep credentials out of the runtime_env";
    } else {
      finding.message = fmt::format(
          "The history server copies the runtime_env of every job, task and actor to its object "
          "store, and with it {}: there it outlives the cluster.",
          holder->credential);
      finding.label = "keeps runtime_envs";
      finding.help = "keep credentials out of the runtime_env";
    }
    finding.anchor = setting.name;
    Send(std::move(finding), holder);
  }

  // `${HF_TOKEN}` in runtimeEnvYAML, which Ray would have filled in on the node.
  void Expanded(const RuntimeEnv& env) {
    for (const RuntimeEnvVariable& variable : env.env_vars) {
      if (!FilledBySubmitter(env, variable.value) || !SecretIn(variable)) continue;
      const Hole& hole = variable.value.holes().front().hole;
      Finding finding = At(hole.span);
      finding.message = fmt::format(
          "The shell of KubeRay's submitter Pod fills in `{}`, for runtimeEnvYAML stands in double "
          "quotes on its command line: Ray gets the secret itself, or nothing where the submitter "
          "has no such variable. {}",
          hole.name, WhereEnvVarsGo(env));
      finding.label = "filled in by the submitter, not by Ray";
      finding.help =
          "leave it out and give the Ray containers the variable (secretKeyRef), which workers "
          "inherit; or use `submissionMode: HTTPMode`, where Ray fills in the reference";
      finding.anchor = fmt::format("runtimeEnvYAML/{}", hole.name);
      Send(std::move(finding), std::nullopt);
    }
  }

  Finding At(Span span) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), span};
    return finding;
  }

  void Send(Finding finding, const std::optional<Holder>& holder) {
    if (!reported_.insert(finding.where.span).second) return;
    if (holder && !holder->where.span.empty()) {
      finding.related.push_back({holder->where, "this runtime_env holds it"});
    }
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const Report& report_;
  std::set<Span> reported_;
};

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  Check(rule, project, document, report).Run();
}

}  // namespace

extern const Rule kRuntimeEnvExposed = {
    .code = "OAK525",
    .name = "runtime-env-exposed",
    .severity = Severity::kWarning,
    .summary = "Settings or code show a runtime_env that holds a credential.",
    .check_document = CheckDocument,
};

}  // namespace oakum
