// OAK307: a Secret volume with more permission bits than reading needs.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "rules/mode/mode_reading.h"
#include "rules/mode/secret_volume.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

constexpr int64_t kWrite = 0022, kExecute = 0111, kOtherRead = 0004;

// A script that someone keeps in a Secret is to be run.
bool HoldsScripts(const SecretMode& mode, const KeysOfSource& keys) {
  const auto is_script = [](std::string_view name) {
    return name.ends_with(".sh") || name.ends_with(".py") || name.ends_with(".bash");
  };
  if (mode.item != nullptr) return is_script(mode.item->path.text());
  for (const VolumeSource* source : mode.sources) {
    for (const VolumeItem& item : source->items) {
      if (is_script(item.path.text())) return true;
    }
    const auto all = source->has_items ? std::nullopt : keys(*source);
    if (all && std::any_of(all->begin(), all->end(), is_script)) return true;
  }
  return false;
}

bool IsRayPod(const KubernetesObject& object, const PodTemplate& pod) {
  return object.IsRay() && pod.role != PodTemplate::Role::kSubmitter;
}

std::string Excess(int64_t mode) {
  const bool write = (mode & kWrite) != 0;
  const bool execute = (mode & kExecute) != 0;
  if (write && execute) return "lets group or others write and makes the files executable";
  return write ? "lets group or others write" : "makes the files executable";
}

void CheckMode(const Rule& rule, const Document& document, const KubernetesObject& object,
               const PodTemplate& pod, const SecretMode& mode, const KeysOfSource& keys,
               const Report& report) {
  if (UnreadableBy(object, pod, mode) != nullptr) return;  // OAK306
  const bool excess = (mode.mode & (kWrite | kExecute)) != 0 && !HoldsScripts(mode, keys);
  const bool world = (mode.mode & kOtherRead) != 0;
  if (!excess && !(world && (IsRayPod(object, pod) || IsNetrcVolume(pod, *mode.volume)))) return;
  Finding finding;
  finding.rule = &rule;
  finding.severity = excess ? rule.severity : Severity::kNote;
  finding.where = {&document.source(), mode.span};
  const std::string bits = fmt::format("{} ({})", Octal(mode.mode), ModeBits(mode.mode));
  if (excess) {
    finding.message = fmt::format(
        "Mode {} on the Secret volume `{}` {}. The volume is read-only, so such bits serve nobody; "
        "they come with modes meant for scripts.{}",
        bits, mode.volume->name, Excess(mode.mode),
        world ? " Every user in the containers that mount it can also read the credential." : "");
    finding.label = Octal(mode.mode);
  } else {
    finding.message = fmt::format(
        "{} {} lets every user in the containers that mount the Secret volume `{}` read it.",
        mode.given ? "Mode" : "The default mode", bits, mode.volume->name);
    finding.label = mode.given ? "readable by others" : "0644 by default";
  }
  finding.help = AdviseMode(document.facts(), object, pod, mode);
  finding.anchor = fmt::format("{} {} volume {}", ObjectName(object), pod.group, mode.volume->name);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  std::set<Span> reported;  // an alias brings one volume into several pods
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  const KeysOfSource keys = KeysIn(project);
  const Facts& facts = document.facts();
  for (const KubernetesObject& object : facts.kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Volume& volume : pod.volumes) {
        for (const SecretMode& mode : SecretModesOf(facts, volume)) {
          CheckMode(rule, document, object, pod, mode, keys, once);
        }
      }
    }
  }
}

}  // namespace

extern const Rule kSecretVolumeMode = {
    .code = "OAK307",
    .name = "secret-volume-mode",
    .severity = Severity::kWarning,
    .summary = "A Secret volume has more permission bits than reading needs.",
    .check_document = Check,
};

}  // namespace oakum
