// OAK506: a netrc setting that the program it is meant for does not read.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "analyzer/model/netrc_variable.h"
#include "analyzer/model/volume_access.h"
#include "rules/wiring/git_netrc.h"
#include "rules/wiring/pip_setting_of_uv.h"
#include "rules/wiring/unnamed_netrc.h"
#include "rules/wiring/unread_netrc_setting.h"

namespace oakum {

namespace {

constexpr std::string_view kBearer = "RAY_RUNTIME_ENV_BEARER_TOKEN";

Finding MakeFinding(const Rule& rule, const Document& document, Span where, std::string anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), where};
  finding.anchor = std::move(anchor);
  return finding;
}

Span ValueOr(const Value& value, Span otherwise) {
  return value.empty() ? otherwise : value.ToSource();
}

bool IsDownloaded(const RuntimeEnvPackage& package) {
  const std::string_view text = package.value.text();
  return text.starts_with("http://") || text.starts_with("https://");
}

// Whether a Ray container of the object has a NETRC of its own, where it counts, that leads
// somewhere.
bool SetOnPods(const KubernetesObject& object, const KeysOfSource& keys) {
  for (const PodTemplate& pod : object.pods) {
    for (const Container& container : pod.containers) {
      if (!IsRayContainer(pod, container)) continue;
      const auto state = FindNetrc(object, pod, container, keys).state;
      if (state == NetrcVariable::State::kPresent || state == NetrcVariable::State::kUnknown) {
        return true;
      }
    }
  }
  return false;
}

// The object that brings the cluster in which the runtime_env is used; null if another one does.
const KubernetesObject* ClusterOf(const Document& document, const RuntimeEnv& env) {
  for (const KubernetesObject& object : document.facts().kubernetes) {
    const bool brings =
        std::any_of(object.pods.begin(), object.pods.end(),
                    [](const PodTemplate& pod) { return pod.role == PodTemplate::Role::kHead; });
    if (brings && object.span.Contains(env.span)) return &object;
  }
  return nullptr;
}

bool SetOnPods(const Project& project, const Document& document, const RuntimeEnv& env) {
  const KeysOfSource keys = KeysIn(project);
  if (const KubernetesObject* own = ClusterOf(document, env)) return SetOnPods(*own, keys);
  for (const auto& other : project.documents()) {
    const auto& objects = other->facts().kubernetes;
    if (std::any_of(objects.begin(), objects.end(),
                    [&](const KubernetesObject& object) { return SetOnPods(object, keys); })) {
      return true;
    }
  }
  return false;
}

void CheckVariable(const Rule& rule, const Project& project, const Document& document,
                   const RuntimeEnv& env, const RuntimeEnvVariable& variable,
                   const Report& report) {
  const std::string name(variable.name.text());
  const bool bearer = name == kBearer;
  const auto package = std::find_if(env.packages.begin(), env.packages.end(), IsDownloaded);
  if (package == env.packages.end() || (!bearer && name != "NETRC")) return;
  if (!bearer && SetOnPods(project, document, env)) return;
  // A token that stands here is secret-in-env-vars'; it says this as well.
  if (bearer && ClassifySecret(variable.value) == SecretKind::kLiteral) return;
  Finding finding = MakeFinding(rule, document, ValueOr(variable.value, variable.span),
                                fmt::format("env_vars {}", name));
  finding.message = fmt::format(
      "Ray does not see this {} when it downloads `{}`: the runtime-env agent of the node does "
      "that with its own environment, before `env_vars` are set. The download goes out anonymous.",
      name, package->field);
  finding.label = "not read by the download";
  finding.help = fmt::format(
      "set {} where Ray is started: in the environment of the Ray container of the head and of "
      "every worker group{}",
      name, bearer ? ", from a secretKeyRef" : "");
  finding.steps.push_back({{&document.source(), package->span}, "downloaded by the node"});
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  std::set<Span> reported;
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  CheckUnreadNetrcSettings(rule, document, once);
  CheckPipSettingsOfUv(rule, project, document, once);
  CheckPipConfigOfUv(rule, project, document, once);
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvVariable& variable : env.env_vars) {
      CheckVariable(rule, project, document, env, variable, once);
    }
  }
  CheckGitNetrc(rule, project, document, once);
  const KeysOfSource keys = KeysIn(project);
  for (const KubernetesObject& object : document.facts().kubernetes) {
    CheckUnnamedNetrc(rule, project, document, object, keys, once);
  }
}

}  // namespace

extern const Rule kNetrcNotUsed = {
    .code = "OAK506",
    .name = "netrc-not-used",
    .severity = Severity::kWarning,
    .summary = "A netrc setting that the program it is meant for does not read.",
    .check_document = Check,
};

}  // namespace oakum
