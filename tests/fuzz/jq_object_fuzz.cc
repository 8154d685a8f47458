#include <cstdint>
#include <string_view>

#include "analyzer/syntax/jq_object.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Value filter(oakum::MappedText::Verbatim(text, 0));
  const std::optional<oakum::Value> object = oakum::JqObject(filter, {{"a", filter, false}});
  if (object) {
    const oakum::Span span = object->ToSource();
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  return 0;
}
