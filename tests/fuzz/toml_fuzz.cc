#include <cstdint>
#include <string_view>

#include "analyzer/syntax/toml.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::TomlText toml = oakum::ParseToml(oakum::Value(oakum::MappedText::Verbatim(text, 0)));
  for (oakum::DataTree::Id id = 0; id < toml.tree.size(); ++id) {
    const oakum::Span span = toml.tree[id].value.ToSource();
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  return 0;
}
