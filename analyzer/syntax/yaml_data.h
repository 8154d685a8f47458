// YAML as a DataTree, for readers of a format that is also written in JSON or Python.
//
// Aliases and merge keys are expanded, within a budget of nodes: beyond it the rest is left out, so
// that an alias bomb stays small. Plain scalars become numbers, booleans and nulls as YAML 1.1 and
// 1.2 agree on them; everything else is text. A key given twice is kept twice, the one that counts
// last.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// The tree below `node`; empty if it is Missing().
DataTree ToDataTree(const YamlNode& node);

}  // namespace oakum
