#include <cstdint>
#include <string_view>

#include "analyzer/syntax/justfile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Justfile justfile = oakum::ParseJustfile(oakum::MappedText::Verbatim(text, 0));
  for (const oakum::JustRecipe& recipe : justfile.recipes) {
    for (const oakum::Value& script : recipe.scripts) {
      const oakum::Span span = script.ToSource();
      if (span.end < span.begin || span.end > size) __builtin_trap();
    }
  }
  return 0;
}
