// What stands in a pod for other readers: its environment as settings.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/model/kubernetes.h"

namespace oakum {

void LowerPodFacts(const PodTemplate& pod, Facts& facts);

}  // namespace oakum
