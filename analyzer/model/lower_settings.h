// Environments written in YAML: a mapping, or a list of NAME=value.
//
// Shared by the lowerings of workflows and compose files. Each entry becomes a Setting and is
// handed to derive.h.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/setting.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// How the host of a text fills in its references (interpolation.h).
using Interpolation = Value (*)(const Value&);

// The entries of `environment`; nothing for any other kind of node.
void LowerEnvironment(const YamlNode& environment, SettingScope scope, Interpolation interpolate,
                      Facts& facts);

}  // namespace oakum
