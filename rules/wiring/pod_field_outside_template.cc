// OAK508: fields of a pod, or of a cluster, where KubeRay's schema has none of them.

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/netrc_place.h"
#include "rules/wiring/pod_words.h"

namespace oakum {

namespace {

bool IsClusterKey(const MisplacedKey& key) {
  return key.belongs != "template.spec" && key.belongs != "spec" && key.belongs != "template";
}

std::string Help(const KubernetesObject& object, const MisplacedKey& key) {
  if (!IsClusterKey(key))
    return fmt::format("nest them: `{}` belongs under `{}`", key.name, key.belongs);
  if (key.name == "rayClusterSpec" || key.name == "rayClusterConfig") {
    return fmt::format("write `{}`: that is what a {} calls it", key.belongs, object.kind);
  }
  return fmt::format("nest it under `{}`", key.belongs);
}

std::string_view Consequence(const std::vector<std::string>& names, const MisplacedKey& key) {
  if (IsClusterKey(key)) return "KubeRay then sees no cluster here.";
  const bool pulls = names.size() == 1 && names[0] == "imagePullSecrets";
  return pulls ? "the images are pulled without a login."
               : "what is written here never takes effect.";
}

void Describe(const KubernetesObject& object, const std::vector<std::string>& names,
              const MisplacedKey& key, Finding& finding) {
  const bool several = names.size() > 1;
  finding.message = fmt::format(
      "{} {} directly under `{}`, where a {} has no such {}. kubectl refuses the object, and where "
      "validation is off the API server drops {}: {}",
      QuotedList(names), several ? "stand" : "stands", key.holder, object.kind,
      several ? "fields" : "field", several ? "them" : "it", Consequence(names, key));
  finding.label = fmt::format("belongs under `{}`", key.belongs);
  if (IsClusterKey(key) && key.name.starts_with("rayCluster")) {
    finding.label = fmt::format("`{}` in a {}", key.belongs, object.kind);
    finding.fixes.push_back(
        {fmt::format("Write {}", key.belongs), false, {{finding.where, key.belongs}}});
  }
  finding.help = Help(object, key);
}

// One finding for all keys that stand wrongly under one holder.
void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  for (const KubernetesObject& object : document.facts().kubernetes) {
    const std::vector<MisplacedKey>& keys = object.misplaced;
    for (size_t first = 0, next = 0; first < keys.size(); first = next) {
      Finding finding;
      std::vector<std::string> names;
      for (next = first; next < keys.size() && keys[next].holder == keys[first].holder &&
                         keys[next].belongs == keys[first].belongs;
           ++next) {
        names.push_back(keys[next].name);
        if (next > first) {
          finding.related.push_back({{&document.source(), keys[next].span}, "and here"});
        }
      }
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.where = {&document.source(), keys[first].span};
      Describe(object, names, keys[first], finding);
      finding.anchor =
          fmt::format("{} {} {}", ObjectName(object), keys[first].holder, keys[first].name);
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kPodFieldOutsideTemplate = {
    .code = "OAK508",
    .name = "pod-field-outside-template",
    .severity = Severity::kError,
    .summary = "A field of a pod or cluster stands where KubeRay's schema has none.",
    .check_document = Check,
};

}  // namespace oakum
