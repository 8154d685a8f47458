#include <cstdint>
#include <string_view>

#include "analyzer/syntax/python.h"

// Evaluates every call and string of the text and turns the results into data.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  oakum::PythonModule module(oakum::Value(oakum::MappedText::Verbatim(text, 0)));
  for (oakum::SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (module.tree().Is(id, "call")) module.QualifiedName(module.tree().Child(id, "function"));
    if (!module.tree().Is(id, "call") && !module.tree().Is(id, "string")) continue;
    for (oakum::PyId value : module.Evaluate(id)) {
      const oakum::Span span = module[value].value.ToSource();
      if (span.end < span.begin || span.end > size) __builtin_trap();
      module.OriginsOf(module[value].value);
      module.ToData(value);
    }
  }
  return 0;
}
