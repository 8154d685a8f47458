// Another Source whose text continues the offsets of a first one.
//
// What is understood of several texts together (a Python module and those it imports from) has
// spans in one space of offsets: the first text's own, then each further one's, from where its part
// begins. The engine turns such spans back into places of files.
//
// Thread-safety: a plain value.
#pragma once

#include <cstdint>

#include "analyzer/base/source.h"

namespace oakum {

struct TextPart {
  uint32_t begin = 0;
  const Source* source = nullptr;
};

}  // namespace oakum
