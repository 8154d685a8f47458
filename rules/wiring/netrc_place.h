// What the rules about NETRC say of one: where it leads in words, and the places that lead there.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/container_path.h"
#include "analyzer/model/kubernetes.h"
#include "analyzer/model/netrc_variable.h"

namespace oakum {

// One NETRC of one container, and where it leads.
struct NetrcPlace {
  const Document& document;
  const KubernetesObject& object;
  const PodTemplate& pod;
  const Container& container;
  NetrcVariable netrc;
};

// "`a`, `b`"
std::string QuotedList(const std::vector<std::string>& names);

// "container `ray-head`"; a chart's container is called by its group.
std::string ContainerName(const NetrcPlace& place);

// The path to write instead, if there is just one; else empty.
std::string SuggestedPath(const NetrcPlace& place);

// Message, label and help of a NETRC that names no file. The help is for when there is no
// SuggestedPath().
void DescribeNetrc(const NetrcPlace& place, const KeysOfSource& keys, Finding& finding);

// Where the volume's files get their names, and where it is mounted.
std::vector<Step> NetrcSteps(const NetrcPlace& place, const Project& project);

}  // namespace oakum
