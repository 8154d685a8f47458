// Kubernetes objects and ray-cluster chart values to facts.
//
// Besides the objects themselves (facts.kubernetes, facts.keyed_sources), what stands in them goes
// where it would go from any other file: a container's environment to facts.settings, its command
// and args to facts.commands, an embedded runtime_env or Serve config to its own lowering.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <set>

#include "analyzer/model/facts.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// An object or a List of them.
void LowerKubernetes(const YamlNode& root, Facts& facts);

// values.yaml of KubeRay's ray-cluster chart, or of a chart that has it as a dependency.
void LowerRayClusterValues(const YamlNode& root, Facts& facts);

// The same values in an object that has somebody install the chart: HelmRelease of Flux,
// Application of Argo CD, HelmChart of k3s. What aliases name several times is read once: `seen`
// is the document's.
void LowerReleaseValues(const YamlNode& object, std::set<const YamlNode*>& seen, Facts& facts);

// secretGenerator and configMapGenerator of a kustomization.
void LowerKustomization(const YamlNode& root, Facts& facts);

enum class ManifestForm { kYaml, kTemplate, kJson };

// Every `defaultMode` and `mode` of a volume, wherever in the file: custom resources and charts
// keep volumes at places of their own.
void LowerVolumeModes(const YamlTree& tree, ManifestForm form, Facts& facts);

}  // namespace oakum
