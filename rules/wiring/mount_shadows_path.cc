// OAK507: a volume mounted over a home directory, or in place of a file.

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/container_path.h"
#include "analyzer/model/volume_access.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

constexpr std::string_view kRayHome = "/home/ray";

bool HoldsKeys(const Volume& volume) {
  return volume.kind == Volume::Kind::kSecret || volume.kind == Volume::Kind::kConfigMap ||
         volume.kind == Volume::Kind::kProjected;
}

// Names that only a file has.
bool NamesCredentialFile(std::string_view path) {
  constexpr std::string_view kFiles[] = {".netrc",     "_netrc",           ".pypirc", ".npmrc",
                                         ".gitconfig", ".git-credentials", "pip.conf"};
  return std::find(std::begin(kFiles), std::end(kFiles), BaseName(path)) != std::end(kFiles);
}

// The home directory that a mount at `point` hides; empty if it hides none.
std::string HiddenHome(const KubernetesObject& object, const PodTemplate& pod,
                       const Container& container, const Volume& volume, std::string_view point) {
  const bool ray = IsRayContainer(pod, container) || RunsRayImage(object, container);
  std::string home = ray ? std::string(kRayHome) : "";
  const EnvVar* variable = container.Env("HOME");
  if (variable != nullptr) home = ExpandVariable(container, *variable).value_or("");
  home = home.empty() ? home : CleanPath(home);
  // What is in any other volume may be the home directory itself.
  if (HoldsKeys(volume) && (point == "/root" || (!home.empty() && point == home))) {
    return std::string(point);
  }
  if (ray && (point == kRayHome || point == "/home")) return std::string(kRayHome);
  return "";
}

void DescribeHome(const KubernetesObject& object, const PodTemplate& pod,
                  const Container& container, const std::string& home, std::string_view point,
                  Finding& finding) {
  const bool ray = home == kRayHome;
  finding.message = fmt::format(
      "The mount at `{}` hides the home directory `{}` of {}{}.", point, home,
      ContainerName(object, pod, container),
      ray ? ", and with it the Python environment that Ray is installed in (/home/ray/anaconda3)"
          : ": everything that the image has there is gone");
  finding.label = "over the home directory";
  finding.help =
      fmt::format("mount the volume at a path of its own, `{}`, and name the file in it: NETRC={}",
                  JoinPath(home, "netrcvolume"), JoinPath(home, "netrcvolume/.netrc"));
}

void DescribeFile(const Volume& volume, std::string_view point, Finding& finding) {
  const std::string name(BaseName(point));
  std::string key = name;
  for (const VolumeSource& source : volume.sources) {
    if (source.items.size() == 1 && source.items[0].path.is_literal()) {
      key = source.items[0].path.text();
    }
  }
  const bool netrc = name.ends_with("netrc");
  finding.message = fmt::format(
      "Without `subPath` this mount makes `{}` a folder, with the volume's files in it. {}", point,
      netrc ? "Programs that look for a netrc take a folder for no netrc and go out anonymous, "
              "without a word."
            : "Programs that look for the file find none.");
  finding.label = "becomes a folder";
  finding.help = fmt::format("add `subPath: {}`, or mount the volume at a folder of its own", key);
}

void CheckMount(const Rule& rule, const Document& document, const KubernetesObject& object,
                const PodTemplate& pod, const Container& container, const VolumeMount& mount,
                const Report& report) {
  if (mount.has_sub_path || !mount.path.is_literal() || mount.path.empty()) return;
  const Volume* volume = pod.FindVolume(mount.volume);
  if (volume == nullptr) return;
  const std::string point = CleanPath(mount.path.text());
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), mount.path_span};
  const std::string home = HiddenHome(object, pod, container, *volume, point);
  if (!home.empty()) {
    DescribeHome(object, pod, container, home, point, finding);
  } else if (HoldsKeys(*volume) && NamesCredentialFile(point)) {
    DescribeFile(*volume, point, finding);
  } else {
    return;
  }
  finding.steps.push_back({{&document.source(), volume->name_span}, "the volume"});
  finding.anchor =
      fmt::format("{} {} {} mount {}", ObjectName(object), pod.group, container.name, point);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // an alias brings one mount into several pods
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  for (const KubernetesObject& object : document.facts().kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        for (const VolumeMount& mount : container.mounts) {
          CheckMount(rule, document, object, pod, container, mount, once);
        }
      }
    }
  }
}

}  // namespace

extern const Rule kMountShadowsPath = {
    .code = "OAK507",
    .name = "mount-shadows-path",
    .severity = Severity::kError,
    .summary = "A volume is mounted over a home directory or in place of a file.",
    .check_document = Check,
};

}  // namespace oakum
