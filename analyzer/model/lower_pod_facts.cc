#include "analyzer/model/lower_pod_facts.h"

#include <utility>

namespace oakum {

void LowerPodFacts(const PodTemplate& pod, Facts& facts) {
  for (const Container& container : pod.containers) {
    for (const EnvVar& variable : container.env) {
      if (variable.from != EnvVar::From::kValue) continue;
      // The chart's common variables are in every group; they are settings once.
      if (variable.shared && pod.role != PodTemplate::Role::kHead) continue;
      Setting setting;
      setting.name = variable.name;
      setting.value = variable.value;
      setting.name_span = variable.name_span;
      setting.span = variable.span;
      setting.scope = SettingScope::kContainer;
      facts.settings.push_back(std::move(setting));
    }
  }
}

}  // namespace oakum
