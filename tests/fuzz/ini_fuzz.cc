#include <cstdint>
#include <string_view>

#include "analyzer/syntax/ini.h"
#include "analyzer/syntax/key_value.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Value value(oakum::MappedText::Verbatim(text, 0));
  const oakum::IniText ini = oakum::ParseIni(value);
  for (const oakum::IniEntry& entry : ini.entries) {
    const oakum::Span span = entry.value.ToSource();
    if (span.end < span.begin || span.end > size || entry.span.end > size) __builtin_trap();
  }
  for (const oakum::KeyValue& pair : oakum::ParseDotenv(value)) {
    if (pair.span.end < pair.span.begin || pair.span.end > size) __builtin_trap();
  }
  for (const oakum::KeyValue& pair : oakum::ParseNpmrc(value)) {
    if (pair.span.end < pair.span.begin || pair.span.end > size) __builtin_trap();
  }
  return 0;
}
