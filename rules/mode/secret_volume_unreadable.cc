// OAK306: a Secret volume whose files the Ray user cannot read.

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/mode/mode_reading.h"
#include "rules/mode/secret_volume.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

std::string Who(const ContainerUser& user) {
  const std::string group = user.gid ? fmt::format(", gid {}", *user.gid) : "";
  const bool ray = user.uid == kRayUser;
  return fmt::format("{} (uid {}{})", ray ? "The Ray user" : "The user", *user.uid, group);
}

std::string Files(const SecretMode& mode) {
  if (mode.item == nullptr) return fmt::format("the files of volume `{}`", mode.volume->name);
  return fmt::format("`{}` of volume `{}`", mode.item->path.Describe(), mode.volume->name);
}

void CheckMode(const Rule& rule, const Document& document, const KubernetesObject& object,
               const PodTemplate& pod, const SecretMode& mode, const Report& report) {
  const Container* container = UnreadableBy(object, pod, mode);
  // Where its securityContext stands outside of it, pod-field-outside-template speaks.
  if (container == nullptr || pod.ids_misplaced) return;
  const MountedFile file = FileInPod(mode.mode, mode.owner, pod);
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), mode.span};
  finding.message = fmt::format(
      "{} of {} cannot read {}: the kubelet writes {} as {}:{} with mode {} ({}). {}",
      Who(UserOf(object, pod, *container)), ContainerName(object, pod, *container), Files(mode),
      mode.item == nullptr ? "them" : "it", file.uid == 0 ? "root" : std::to_string(*file.uid),
      file.gid == 0 ? "root" : std::to_string(file.gid), Octal(file.mode), ModeBits(file.mode),
      IsNetrcVolume(pod, *mode.volume)
          ? "requests takes a netrc that it cannot read for none, so downloads go out anonymous "
            "and nothing says why."
          : "What needs the credential fails, or goes on without it.");
  finding.label = fmt::format("{} for root alone", ModeBits(file.mode));
  finding.help = AdviseMode(document.facts(), object, pod, mode);
  for (const VolumeMount& mount : container->mounts) {
    if (mount.volume != mode.volume->name) continue;
    finding.steps.push_back({{&document.source(), mount.path_span}, "the volume is mounted here"});
    break;
  }
  finding.anchor = fmt::format("{} {} volume {}", ObjectName(object), pod.group, mode.volume->name);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // an alias brings one volume into several pods
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  const Facts& facts = document.facts();
  for (const KubernetesObject& object : facts.kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      if (IsPartial(object, pod)) continue;
      for (const Volume& volume : pod.volumes) {
        for (const SecretMode& mode : SecretModesOf(facts, volume)) {
          CheckMode(rule, document, object, pod, mode, once);
        }
      }
    }
  }
}

}  // namespace

extern const Rule kSecretVolumeUnreadable = {
    .code = "OAK306",
    .name = "secret-volume-unreadable",
    .severity = Severity::kError,
    .summary = "A Secret volume whose files the Ray user cannot read.",
    .check_document = Check,
};

}  // namespace oakum
