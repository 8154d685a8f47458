// OAK505: some groups of a Ray cluster have a netrc, others have not.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "rules/wiring/group_netrc.h"
#include "rules/wiring/netrc_difference.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

class ObjectCheck {
 public:
  ObjectCheck(const Rule& rule, const Document& document, const KubernetesObject& object,
              const Report& report)
      : rule_(rule), document_(document), object_(object), report_(report) {}

  void Run(const KeysOfSource& keys);

 private:
  void Emit(Severity severity, const PodTemplate& pod, std::string message, std::string help,
            std::vector<Step> related);
  void CheckMissing(const GroupNetrc& group, const GroupNetrc& model);
  void CheckElsewhere(const GroupNetrc& group);
  void CheckDifference(const GroupNetrc& group, const GroupNetrc& model);
  void CheckSubmitter(const PodTemplate& submitter, const PodTemplate& first);
  void CheckBearer(const std::vector<GroupNetrc>& groups);
  Step Has(const GroupNetrc& group) const;

  const Rule& rule_;
  const Document& document_;
  const KubernetesObject& object_;
  const Report& report_;
};

void ObjectCheck::Emit(Severity severity, const PodTemplate& pod, std::string message,
                       std::string help, std::vector<Step> related) {
  Finding finding;
  finding.rule = &rule_;
  finding.severity = severity;
  finding.where = {&document_.source(), pod.group_span};
  finding.message = std::move(message);
  finding.label = pod.implied ? "the chart adds a worker group" : "";
  finding.help = std::move(help);
  finding.related = std::move(related);
  finding.anchor = fmt::format("{} {} netrc", ObjectName(object_), PodName(object_, pod));
  report_(std::move(finding));
}

Step ObjectCheck::Has(const GroupNetrc& group) const {
  const bool variable = group.kind == GroupNetrc::Kind::kVariable;
  const Span span = variable ? group.netrc.variable->span : group.pod->group_span;
  return {{&document_.source(), span}, fmt::format("{} has one", PodName(object_, *group.pod))};
}

void ObjectCheck::CheckMissing(const GroupNetrc& group, const GroupNetrc& model) {
  const PodTemplate& pod = *group.pod;
  const std::string name =
      Capitalized(pod.implied ? "the worker group that the chart adds" : PodName(object_, pod));
  const std::string other = PodName(object_, *model.pod);
  std::string what = fmt::format("{} has no netrc, which {} has.", name, other);
  if (group.elsewhere != nullptr) {
    what = fmt::format(
        "{} has a netrc in {} only, which does not run Ray; in {} the Ray container "
        "has it.",
        name, ContainerName(object_, pod, *group.elsewhere), other);
  } else if (MountsNetrc(pod.containers[0])) {
    what = fmt::format(
        "{} mounts a netrc, but its Ray container does not set NETRC as that of {} does.", name,
        other);
  }
  std::vector<Step> related = {Has(model)};
  if (group.elsewhere != nullptr) {
    related.push_back(
        {{&document_.source(), group.elsewhere->Env("NETRC")->span}, "set in another container"});
  }
  Emit(rule_.severity, pod,
       what +
           " The runtime-env agent of every node downloads `working_dir` and `py_modules` itself; "
           "on a node without the netrc it goes out anonymous, and the tasks placed there fail.",
       fmt::format("give it what {} has: the volume, the mount in the first container, and NETRC",
                   other),
       std::move(related));
}

void ObjectCheck::CheckElsewhere(const GroupNetrc& group) {
  const EnvVar* variable = group.elsewhere->Env("NETRC");
  Emit(rule_.severity, *group.pod,
       fmt::format("In {} only {} has NETRC. KubeRay runs Ray in the first container, and what it "
                   "downloads is fetched there, anonymous.",
                   PodName(object_, *group.pod),
                   ContainerName(object_, *group.pod, *group.elsewhere)),
       "set NETRC and mount the netrc in the first container of the template",
       {{{&document_.source(), variable->span}, "set in another container"}});
}

void ObjectCheck::CheckDifference(const GroupNetrc& group, const GroupNetrc& model) {
  const NetrcDifference difference = DifferenceOf(group, model);
  if (difference == NetrcDifference::kNone) return;
  const std::string name = Capitalized(PodName(object_, *group.pod));
  const std::string other = PodName(object_, *model.pod);
  Emit(Severity::kWarning, *group.pod,
       difference == NetrcDifference::kPath
           ? fmt::format("{} has its netrc at another path than {}: what names the path, in code "
                         "or in `env_vars`, works in one of them only.",
                         name, other)
           : fmt::format("{} has its netrc from another Secret than {}: what downloads on one of "
                         "them need not download on the other.",
                         name, other),
       "wire all groups alike", {Has(model), Has(group)});
}

void ObjectCheck::CheckSubmitter(const PodTemplate& submitter, const PodTemplate& first) {
  for (const Container& container : submitter.containers) {
    const EnvVar* variable = container.Env("NETRC");
    if (variable == nullptr || FetchesItself(container)) continue;
    return Emit(Severity::kWarning, first,
                "Only the submitter pod has a netrc. It hands the job over and downloads nothing: "
                "head and workers fetch `working_dir` and `py_modules`, anonymous.",
                "give the netrc to the head and to every worker group",
                {{{&document_.source(), variable->span}, "set for the submitter"}});
  }
}

// Without a netrc anywhere: a bearer token that only some groups have.
void ObjectCheck::CheckBearer(const std::vector<GroupNetrc>& groups) {
  const auto model = std::find_if(groups.begin(), groups.end(),
                                  [](const GroupNetrc& group) { return group.bearer != nullptr; });
  if (model == groups.end()) return;
  for (const GroupNetrc& group : groups) {
    if (group.bearer != nullptr || group.kind != GroupNetrc::Kind::kMissing) continue;
    const std::string other = PodName(object_, *model->pod);
    Emit(rule_.severity, *group.pod,
         fmt::format("{} has neither the bearer token that {} has (RAY_RUNTIME_ENV_BEARER_TOKEN) "
                     "nor a netrc. The runtime-env agent of every node downloads `working_dir` and "
                     "`py_modules` itself; on a node without the token it goes out anonymous, and "
                     "the tasks placed there fail.",
                     Capitalized(PodName(object_, *group.pod)), other),
         fmt::format("give it the variable as {} has it", other),
         {{{&document_.source(), model->bearer->span}, fmt::format("{} has it", other)}});
  }
}

void ObjectCheck::Run(const KeysOfSource& keys) {
  std::vector<GroupNetrc> groups;
  const PodTemplate* submitter = nullptr;
  for (const PodTemplate& pod : object_.pods) {
    if (pod.role == PodTemplate::Role::kSubmitter) submitter = &pod;
    if (pod.role == PodTemplate::Role::kHead || pod.role == PodTemplate::Role::kWorker) {
      groups.push_back(ReadGroup(object_, pod, keys));
    }
  }
  const auto model = std::find_if(groups.begin(), groups.end(), std::mem_fn(&GroupNetrc::HasNetrc));
  bool all_missing = !groups.empty();
  for (const GroupNetrc& group : groups) {
    const bool missing = group.kind == GroupNetrc::Kind::kMissing && group.bearer == nullptr;
    all_missing = all_missing && missing && group.elsewhere == nullptr;
    if (missing && model != groups.end()) {
      CheckMissing(group, *model);
    } else if (missing && group.elsewhere != nullptr) {
      CheckElsewhere(group);
    } else if (model != groups.end() && &group != &*model &&
               group.kind == GroupNetrc::Kind::kVariable &&
               model->kind == GroupNetrc::Kind::kVariable) {
      CheckDifference(group, *model);
    }
  }
  if (model == groups.end()) CheckBearer(groups);
  if (all_missing && submitter != nullptr) CheckSubmitter(*submitter, *groups[0].pod);
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const KeysOfSource keys = KeysIn(project);
  for (const KubernetesObject& object : document.facts().kubernetes) {
    if (object.IsRay()) ObjectCheck(rule, document, object, report).Run(keys);
  }
}

}  // namespace

extern const Rule kNetrcMissingOnGroup = {
    .code = "OAK505",
    .name = "netrc-missing-on-group",
    .severity = Severity::kError,
    .summary = "Some groups of a Ray cluster lack the netrc that the others have.",
    .check_document = Check,
};

}  // namespace oakum
