#include <cstdint>
#include <string_view>

#include "analyzer/syntax/notebook.h"

// The text once as a notebook file and once as a cell.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Value value(oakum::MappedText::Verbatim(text, 0));
  oakum::Notebook notebook = oakum::ParseNotebook(value);
  oakum::Value::Builder python;
  oakum::SplitCell(value, notebook, python);
  const oakum::Value joined = std::move(python).Build();
  for (uint32_t i = 0; i < joined.size(); ++i) {
    const oakum::Span span = joined.ToSource({i, i + 1});
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  return 0;
}
