// The JSON form of instructions: is this text an array, and which strings does it hold?
//
// BuildKit decides with encoding/json: the whole text must be one valid array, else it is no JSON
// at all and the instruction falls back to its other form. tree-sitter would repair such text
// instead.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"

namespace oakum {

struct DockerJson {
  enum class Kind {
    kNone,       // not a valid JSON array
    kStrings,    // an array of strings
    kOtherType,  // a valid array with an element that is no string: an error
  } kind = Kind::kNone;
  std::vector<MappedText> strings;  // decoded
};

DockerJson ParseDockerJson(const MappedText& text);

}  // namespace oakum
