// Where the documents of a YAML text begin, without parsing it.
//
// A line of `---` begins a document wherever it stands: neither quotes nor brackets nor block
// scalars can hold one in the first column.
//
// Linear in the text. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

// The first line after the one at `at` that begins a document; the end of the text if none does.
uint32_t NextYamlDocument(std::string_view text, uint32_t at);

// The text without the documents that hold `line` as a line of its own: parsing them would cost
// time and tell nothing. `text` itself if there is none.
Value WithoutYamlDocuments(const Value& text, std::string_view line);

}  // namespace oakum
