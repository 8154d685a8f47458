// YAML files to facts: each document goes to the lowering of its kind.
//
// The one place that knows every kind. A kind's lowering is `void LowerX(const YamlNode& root,
// Facts&)` in lower_x.h, and one case here. It gets the document as the file has it: templates are
// resolved (yaml_template.h), while expressions of a CI system or of compose are the business of
// the lowering that knows them (interpolation.h). A lowering that also reads JSON or Python takes a
// DataTree: ToDataTree(root) in syntax/yaml_data.h.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

// A YAML file.
// `find` gives the files that a GitLab pipeline includes; may be null.
void LowerYaml(const Source& source, Facts& facts, const ModuleFinder& find = nullptr);

// The Kubernetes objects of a JSON file, if it holds any: manifests are written in JSON too.
void LowerJsonManifest(const Source& source, Facts& facts);

}  // namespace oakum
