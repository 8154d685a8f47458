// DataTree as JSON with spans, for the dumps of JSON, TOML, HCL and Python.
//
// Thread-safety: pure functions.
#pragma once

#include <nlohmann/json.hpp>

#include "analyzer/syntax/data_tree.h"

namespace oakum {

// null for an empty tree.
nlohmann::ordered_json DumpData(const DataTree& tree);

}  // namespace oakum
