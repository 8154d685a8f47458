// YAML by indentation alone, for text that no parser accepts: Helm templates, files with tabs,
// documents that are being typed.
//
// Line by line: `key: value`, `- item`, `- key: value`, quoted scalars, block scalars by
// indentation, flow collections that close. A line that is none of these belongs to no value and is
// passed over. The tree has the shape the author meant as far as indentation shows it, which is
// what rules that look for a key need; it is not a YAML parser and accepts nearly anything.
//
// Linear in the size of the text; no recursion.
//
// Thread-safety: none; used within one call.
#pragma once

#include <cstdint>

#include "analyzer/syntax/yaml_builder.h"

namespace oakum {

// Adds the document in [begin, end) of the builder's text, which holds at most one.
void ReadYamlLines(YamlBuilder& builder, uint32_t begin, uint32_t end);

}  // namespace oakum
