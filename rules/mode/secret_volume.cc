#include "rules/mode/secret_volume.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "rules/mode/mode_reading.h"

namespace oakum {

namespace {

bool MentionsNetrc(std::string_view text) {
  return ToLower(text).find("netrc") != std::string::npos;
}

bool Mounts(const Container& container, const Volume& volume) {
  return std::any_of(container.mounts.begin(), container.mounts.end(),
                     [&](const VolumeMount& mount) { return mount.volume == volume.name; });
}

// Whether Ray runs as somebody else than the user of its images.
bool RunsAsAnother(const KubernetesObject& object, const PodTemplate& pod) {
  return std::any_of(pod.containers.begin(), pod.containers.end(), [&](const Container& container) {
    return IsRayContainer(pod, container) && UserOf(object, pod, container).uid != kRayUser;
  });
}

bool IsJson(const Facts& facts) {
  return !facts.volume_modes.empty() && facts.volume_modes[0].json;
}

// Adds the mode that is given, unless OAK305 speaks of it or nobody knows it, or the default one.
void AddMode(const Facts& facts, SecretMode mode, const GivenMode& given,
             std::vector<SecretMode>& modes) {
  if (!given.given) {
    mode.span = mode.volume->source_span;
    modes.push_back(std::move(mode));
    return;
  }
  if (!given.value || IsMistakenMode(facts, given.span)) return;
  mode.mode = *given.value;
  mode.given = true;
  mode.span = given.span;
  modes.push_back(std::move(mode));
}

}  // namespace

std::vector<SecretMode> SecretModesOf(const Facts& facts, const Volume& volume) {
  std::vector<SecretMode> modes;
  SecretMode by_default;
  by_default.volume = &volume;
  by_default.owner = volume.default_owner;
  for (const VolumeSource& source : volume.sources) {
    if (source.kind != VolumeSource::Kind::kSecret) continue;
    bool covered = source.has_items && !source.items.empty();
    for (const VolumeItem& item : source.items) {
      if (!item.mode.given && !item.owner.given) {
        covered = false;
        continue;
      }
      SecretMode mode;
      mode.volume = &volume;
      mode.owner = item.owner.given ? item.owner : volume.default_owner;
      mode.sources = {&source};
      mode.item = &item;
      AddMode(facts, std::move(mode), item.mode.given ? item.mode : volume.default_mode, modes);
    }
    if (!covered) by_default.sources.push_back(&source);
  }
  if (by_default.sources.empty()) return modes;
  AddMode(facts, std::move(by_default), volume.default_mode, modes);
  return modes;
}

const Container* UnreadableBy(const KubernetesObject& object, const PodTemplate& pod,
                              const SecretMode& mode) {
  const MountedFile file = FileInPod(mode.mode, mode.owner, pod);
  for (const Container& container : pod.containers) {
    if (!Mounts(container, *mode.volume)) continue;
    if (!IsRayContainer(pod, container) && !RunsRayImage(object, container)) continue;
    if (MayRead(UserOf(object, pod, container), file, pod) == false) return &container;
  }
  return nullptr;
}

bool IsNetrcVolume(const PodTemplate& pod, const Volume& volume) {
  if (MentionsNetrc(volume.name)) return true;
  for (const VolumeSource& source : volume.sources) {
    if (MentionsNetrc(source.name)) return true;
    for (const VolumeItem& item : source.items) {
      if (MentionsNetrc(item.path.text()) || MentionsNetrc(item.key.text())) return true;
    }
  }
  for (const Container& container : pod.containers) {
    const EnvVar* variable = container.Env("NETRC");
    for (const VolumeMount& mount : container.mounts) {
      if (mount.volume != volume.name || mount.path.empty()) continue;
      if (MentionsNetrc(mount.path.text()) || MentionsNetrc(mount.sub_path.text())) return true;
      if (variable != nullptr && variable->value.text().starts_with(mount.path.text())) return true;
    }
  }
  return false;
}

std::string AdviseMode(const Facts& facts, const KubernetesObject& object, const PodTemplate& pod,
                       const SecretMode& mode) {
  const std::string_view key = mode.item == nullptr ? "defaultMode" : "mode";
  const std::string number = IsJson(facts) ? "288" : "0440";
  const std::string_view context = object.chart_values ? "podSecurityContext" : "securityContext";
  if (pod.fs_group) {
    return fmt::format(
        "write `{}: {}`: the files belong to the pod's fsGroup {}, which every "
        "container of the pod is in",
        key, number, *pod.fs_group);
  }
  const bool ray =
      std::any_of(pod.containers.begin(), pod.containers.end(), [&](const Container& container) {
        return IsRayContainer(pod, container) || RunsRayImage(object, container);
      });
  if (!ray) {
    return fmt::format(
        "write `{}: {}`, and give the pod `securityContext: {{fsGroup: ...}}` with "
        "the group that is to read it",
        key, number);
  }
  return fmt::format("write `{}: {}` and give the pod `{}: {{fsGroup: 100}}`: {}", key, number,
                     context,
                     RunsAsAnother(object, pod)
                         ? "every container of the pod is then in that group, whatever its user, "
                           "and reads the files through it"
                         : "the Ray user (uid 1000, gid 100) then reads the files through its "
                           "group, and no other user does");
}

}  // namespace oakum
