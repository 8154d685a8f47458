// OAK511: a secret stands as plain text in a container's environment or in an option of Ray.

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/held_credential.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

constexpr std::string_view kReaders =
    "Everyone who may read this file, or get or describe the object and its Pods, has the secret: "
    "what protects Secrets does not protect a pod spec.";

Severity SeverityOf(const Rule& rule, PlainSecret worth) {
  return worth == PlainSecret::kWellKnown ? Severity::kWarning : rule.severity;
}

std::string WellKnown(PlainSecret worth) {
  return worth == PlainSecret::kWellKnown ? " It is a default that everybody knows." : "";
}

void Start(const Rule& rule, const Document& document, PlainSecret worth, Span value,
           Finding& finding) {
  finding.rule = &rule;
  finding.severity = SeverityOf(rule, worth);
  finding.where = {&document.source(), value};
  finding.secrets = {finding.where};
  finding.label = "the secret";
}

void CheckVariable(const Rule& rule, const Document& document, const KubernetesObject& object,
                   const PodTemplate& pod, const Container& container, const EnvVar& variable,
                   const Report& report) {
  // A bearer token of Ray is OAK521's, wherever it stands.
  if (variable.from != EnvVar::From::kValue || variable.name == "RAY_RUNTIME_ENV_BEARER_TOKEN") {
    return;
  }
  const PlainSecret worth = JudgePlainSecret(variable.name, variable.value);
  if (worth == PlainSecret::kNone) return;
  Finding finding;
  Start(rule, document, worth, variable.value_span, finding);
  const std::string who = variable.shared ? "every group" : ContainerName(object, pod, container);
  finding.message = fmt::format("`{}` of {} is a secret in plain text.{} {}", variable.name, who,
                                WellKnown(worth), kReaders);
  finding.help =
      "keep the value in a Secret that is made outside of the tree, and write `valueFrom: "
      "{secretKeyRef: {name: ..., key: ...}}` in place of `value`";
  finding.anchor =
      fmt::format("{} {} {} env {}", ObjectName(object), pod.group, container.name, variable.name);
  report(std::move(finding));
}

void CheckOption(const Rule& rule, const Document& document, const KubernetesObject& object,
                 const RayOption& option, const Report& report) {
  const std::string_view name = std::string_view(option.path).substr(option.path.rfind('.') + 1);
  const PlainSecret worth = JudgePlainSecret(name, option.value);
  if (worth == PlainSecret::kNone) return;
  Finding finding;
  Start(rule, document, worth, option.span, finding);
  const bool start = option.path.starts_with("rayStartParams");
  finding.message = fmt::format(
      "`{}` is a secret in plain text.{} {}{}", option.path, WellKnown(worth),
      start ? "KubeRay writes it into the command line of `ray start`, where `ps` shows it. " : "",
      kReaders);
  finding.help = start ? "name an environment variable that a secretKeyRef fills in: "
                         "`redis-password: $REDIS_PASSWORD`"
                       : "write `valueFrom: {secretKeyRef: {name: ..., key: ...}}` in place of the "
                         "value";
  finding.anchor = fmt::format("{} {}", ObjectName(object), option.path);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // an alias brings one item into several pods
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  for (const KubernetesObject& object : document.facts().kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        for (const EnvVar& variable : container.env) {
          CheckVariable(rule, document, object, pod, container, variable, once);
        }
      }
    }
    for (const RayOption& option : object.options) {
      CheckOption(rule, document, object, option, once);
    }
  }
}

}  // namespace

extern const Rule kSecretInPodEnv = {
    .code = "OAK511",
    .name = "secret-in-pod-env",
    .severity = Severity::kError,
    .summary = "A secret stands as plain text in a container's environment or an option of Ray.",
    .check_document = Check,
};

}  // namespace oakum
