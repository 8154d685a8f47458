// What stands in a pod for other readers: its environment as settings, its commands as commands.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <set>

#include "analyzer/base/span.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/kubernetes.h"

namespace oakum {

// What has been lowered already. An anchor, or the chart's common variables, bring one text into
// several pods; it is one setting or command all the same.
using PodTexts = std::set<Span>;

void LowerPodFacts(const PodTemplate& pod, PodTexts& seen, Facts& facts);

}  // namespace oakum
