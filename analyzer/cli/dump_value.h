// The shapes that the dumps of all languages have in common.
//
//   span   [begin, end), bytes of the file
//   value  {"text": "pip install ${x}", "span": [...], "holes": [{"kind": "environment",
//          "name": "x", "at": [12, 16], "span": [...], "when": "interpolated", "default": VALUE}]}
//   error  {"message": "...", "span": [...]}
//
// A hole stands in `text` as ${name}; `at` is where, in bytes of `text`, so that it cannot be taken
// for text that happens to look like it. `default` is there if the front end knows one.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "analyzer/base/result.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

nlohmann::ordered_json DumpSpan(Span span);

nlohmann::ordered_json DumpValue(const Value& value);
nlohmann::ordered_json DumpValues(const std::vector<Value>& values);

// Text without holes: `text` and `span` alone.
nlohmann::ordered_json DumpMapped(const MappedText& text);

nlohmann::ordered_json DumpErrors(const std::vector<Error>& errors);

}  // namespace oakum
