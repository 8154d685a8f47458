#include <cstdint>
#include <string_view>

#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/requirements.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  oakum::Value value(oakum::MappedText::Verbatim(text, 0));
  for (const oakum::RequirementsItem& item : oakum::ParseRequirements(value)) {
    if (item.span.end < item.span.begin || item.span.end > size) __builtin_trap();
    const oakum::Span span = item.value.ToSource();
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  for (auto lower : {oakum::GithubExpressions, oakum::GitlabVariables, oakum::GoTemplate,
                     oakum::JinjaTemplate, oakum::ComposeVariables, oakum::KubernetesReferences,
                     oakum::DotenvVariables, oakum::BracedVariables}) {
    value = lower(value);
    const oakum::Span span = value.ToSource();
    if (span.end < span.begin || span.end > size) __builtin_trap();
  }
  return 0;
}
