#include "rules/wiring/group_netrc.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/model/volume_access.h"

namespace oakum {

namespace {

bool Mentions(std::string_view text, std::string_view word) {
  return ToLower(text).find(word) != std::string::npos;
}

// A netrc mounted where it is found without NETRC.
bool HasNetrcAtHome(const Container& ray) {
  return std::any_of(ray.mounts.begin(), ray.mounts.end(), [](const VolumeMount& mount) {
    const std::string point = CleanPath(mount.path.text());
    return point == "/home/ray/.netrc" || point == "/root/.netrc";
  });
}

const Container* NetrcElsewhere(const PodTemplate& pod) {
  for (const Container& container : pod.containers) {
    if (IsRayContainer(pod, container) || container.Env("NETRC") == nullptr) continue;
    if (!FetchesItself(container)) return &container;
  }
  return nullptr;
}

}  // namespace

bool MountsNetrc(const Container& container) {
  return std::any_of(
      container.mounts.begin(), container.mounts.end(), [](const VolumeMount& mount) {
        return Mentions(mount.volume, "netrc") || Mentions(mount.path.text(), "netrc");
      });
}

bool AnyArgument(const Container& container, std::string_view word) {
  for (const ContainerCommand& command : container.commands) {
    for (const Value& argument : command.argv) {
      if (Mentions(argument.text(), word)) return true;
    }
  }
  return false;
}

bool FetchesItself(const Container& container) {
  constexpr std::string_view kWords[] = {"git",   "curl", "wget",     "pip", "clone", "sync",
                                         "fetch", "hf",   "download", "dvc", "uv "};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return Mentions(BaseName(container.image.text()), word) || AnyArgument(container, word);
  });
}

GroupNetrc ReadGroup(const KubernetesObject& object, const PodTemplate& pod,
                     const KeysOfSource& keys) {
  GroupNetrc group;
  group.pod = &pod;
  group.elsewhere = NetrcElsewhere(pod);
  if (pod.containers.empty() || !IsRayContainer(pod, pod.containers[0])) return group;
  const Container& ray = pod.containers[0];
  group.netrc = FindNetrc(object, pod, ray, keys);
  group.bearer = ray.Env("RAY_RUNTIME_ENV_BEARER_TOKEN");
  if (group.netrc.state != NetrcVariable::State::kUnset) {
    group.kind = GroupNetrc::Kind::kVariable;
  } else if (HasNetrcAtHome(ray)) {
    group.kind = GroupNetrc::Kind::kAtHome;
  } else if (!IsPartial(object, pod) && !ray.has_env_from && !AnyArgument(ray, "netrc")) {
    group.kind = GroupNetrc::Kind::kMissing;
  }
  return group;
}

}  // namespace oakum
