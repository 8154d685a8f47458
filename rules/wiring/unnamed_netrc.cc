#include "rules/wiring/unnamed_netrc.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/model/image_config.h"
#include "analyzer/model/volume_access.h"
#include "rules/wiring/group_netrc.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

bool MentionsNetrc(std::string_view text) {
  return ToLower(text).find("netrc") != std::string::npos;
}

// The file of the mount that is a netrc, as a path of the container; empty if there is none.
std::string NetrcFile(const PodTemplate& pod, const VolumeMount& mount, const KeysOfSource& keys) {
  const Volume* volume = pod.FindVolume(mount.volume);
  if (volume == nullptr || volume->sources.empty() || !mount.path.is_literal()) return "";
  const std::string point = CleanPath(mount.path.text());
  if (mount.has_sub_path) return MentionsNetrc(mount.sub_path.text()) ? point : "";
  const auto files = FilesOf(*volume, keys);
  if (!files) return "";
  for (const std::string& file : *files) {
    if (MentionsNetrc(file)) return JoinPath(point, file);
  }
  return "";
}

// Whether an image of the tree names the file by its ENV. Which image the container has is not
// asked: the path is one that the team chose.
bool NamedByAnImage(const Project& project, std::string_view file) {
  const auto names = [file](const ImageVariable& variable) {
    return variable.kind == ImageVariable::Kind::kEnv && variable.name == "NETRC" &&
           (!variable.value.is_literal() || CleanPath(variable.value.text()) == file);
  };
  return std::any_of(
      project.documents().begin(), project.documents().end(), [&names](const auto& document) {
        const ImageConfig* config = document->image_config();
        return config != nullptr &&
               std::any_of(config->variables.begin(), config->variables.end(), names);
      });
}

void CheckMounts(const Rule& rule, const Project& project, const Document& document,
                 const KubernetesObject& object, const PodTemplate& pod, const KeysOfSource& keys,
                 std::set<Span>& reported, const Report& report) {
  const Container& ray = pod.containers[0];
  if (ray.Env("NETRC") != nullptr || ray.has_env_from || AnyArgument(ray, "netrc")) return;
  for (const VolumeMount& mount : ray.mounts) {
    const std::string file = NetrcFile(pod, mount, keys);
    if (file.empty() || file == "/home/ray/.netrc" || file == "/root/.netrc") continue;
    // A folder where the file is looked for: OAK507.
    if (!mount.has_sub_path && BaseName(CleanPath(mount.path.text())) == ".netrc") continue;
    if (NamedByAnImage(project, file)) continue;
    if (!reported.insert(mount.path_span).second) continue;
    Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    finding.where = {&document.source(), mount.path_span};
    finding.anchor = fmt::format("{} {} mount", ObjectName(object), pod.group);
    finding.message = fmt::format(
        "{} mounts a netrc at `{}`, and nothing tells Ray: without NETRC it looks at "
        "/home/ray/.netrc alone, and downloads go out anonymous.",
        Capitalized(ContainerName(object, pod, ray)), file);
    finding.label = "no NETRC names it";
    finding.help = fmt::format("add to `env`: {{name: NETRC, value: {}}}", file);
    report(std::move(finding));
  }
}

}  // namespace

void CheckUnnamedNetrc(const Rule& rule, const Project& project, const Document& document,
                       const KubernetesObject& object, const KeysOfSource& keys,
                       const Report& report) {
  if (!object.IsRay()) return;
  const bool named =
      std::any_of(object.pods.begin(), object.pods.end(), [](const PodTemplate& pod) {
        return std::any_of(pod.containers.begin(), pod.containers.end(),
                           [](const Container& c) { return c.Env("NETRC") != nullptr; });
      });
  if (named) return;        // OAK505
  std::set<Span> reported;  // an alias brings one mount into several pods
  for (const PodTemplate& pod : object.pods) {
    if (IsPartial(object, pod) || pod.containers.empty()) continue;
    if (!IsRayContainer(pod, pod.containers[0])) continue;
    CheckMounts(rule, project, document, object, pod, keys, reported, report);
  }
}

}  // namespace oakum
