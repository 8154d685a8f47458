#include <cstdint>
#include <string_view>

#include "analyzer/syntax/script_metadata.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Value code(oakum::MappedText::Verbatim(text, 0));
  const oakum::Span span = oakum::ScriptMetadata(code).ToSource();
  if (span.end < span.begin || span.end > size) __builtin_trap();
  return 0;
}
