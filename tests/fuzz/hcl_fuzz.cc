#include <cstdint>
#include <string_view>

#include "analyzer/syntax/hcl.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::HclText hcl = oakum::ParseHcl(oakum::MappedText::Verbatim(text, 0));
  for (oakum::DataTree::Id id = 0; id < hcl.tree.size(); ++id) {
    const oakum::Span span = hcl.tree[id].value.ToSource();
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  return 0;
}
