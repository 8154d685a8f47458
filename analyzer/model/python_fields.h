// A runtime_env that a program puts together field by field: `env["working_dir"] = ...`.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

// Adds a text, or a list or map of texts, as the member `key` of `map`, which stands at `span`.
void AddField(DataTree& data, DataTree::Id map, const Value& key, const DataTree& value, Span span);

// Whether an expression is `env.setdefault("env_vars", {})`: what is set in it is a variable.
bool GivesVariables(std::string_view expression);

}  // namespace oakum
