// The configuration files in which tools keep passwords and tokens by themselves, not in a URI:
// .pypirc, .npmrc, Docker's config.json, ~/.aws/credentials and their like.
//
// One table says which file, by its name, has which keys (tool_config.cc); a new tool is a new row.
// The files' front ends give settings with dotted keys; JSON and YAML files of this kind get theirs
// here.
//
// Thread-safety: pure functions, constant data.
#pragma once

#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/setting.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

struct Facts;

struct ToolConfig {
  std::string_view description;  // for messages: ".pypirc"; static storage
  std::string_view tool;         // "twine"
  std::string_view keys;         // patterns of dotted keys, lower case, between blanks
  std::string_view instead;      // what to use, for a help text
};

// The row for a file's name; null for other files.
const ToolConfig* ToolConfigAt(std::string_view path);

// The row for a JSON text by what it holds: Docker's `auths` may stand in any file. Null for
// others.
const ToolConfig* ToolConfigOf(const DataTree& tree);

// Whether the value of this key is a secret by itself.
bool IsSecretKey(const ToolConfig& config, std::string_view key);

// Whether a value that stands there is one: literal, no placeholder, not the encoding of one.
bool IsStoredSecret(const Value& value);

// Settings with dotted keys for every text of the tree.
void LowerToolConfig(const DataTree& tree, Facts& facts);

}  // namespace oakum
