// The JSON text of a jq filter that builds an object: `{username: $u, password: env.TOKEN}`.
//
// Scripts that store a login in a secret manager put its JSON together with jq, because that quotes
// what the variables hold (jq manual, "Object Construction"). What comes out is the object's text
// with the variables of --arg filled in, each with its own span, and a hole for every expression
// that only jq can evaluate. What the object is piped into afterwards is not looked at.
//
// None if the filter is no object construction, or nests deeper than anybody writes one.
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

struct JqVariable {
  std::string name;  // without `$`
  Value value;
  bool is_json = false;  // --argjson: the text is JSON already
};

std::optional<Value> JqObject(const Value& filter, const std::vector<JqVariable>& variables);

}  // namespace oakum
