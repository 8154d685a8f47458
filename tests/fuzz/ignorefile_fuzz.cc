#include <cstdint>
#include <string_view>

#include "analyzer/syntax/ignorefile.h"

// The text is an ignore file; its lines are the paths that are asked for.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto ignores = oakum::IgnoreFile::Parse(oakum::MappedText::Verbatim(text, 0));
  for (const oakum::IgnoreFile::Pattern& pattern : ignores.patterns()) {
    if (pattern.span.end < pattern.span.begin || pattern.span.end > size) __builtin_trap();
  }
  for (int lines = 0; lines < 16 && !text.empty(); ++lines) {
    const std::string_view path = text.substr(0, text.find('\n'));
    const oakum::IgnoreFile::Pattern* deciding = ignores.Deciding(path);
    if (ignores.Excludes(path) != (deciding != nullptr && !deciding->include)) __builtin_trap();
    text.remove_prefix(path.size() < text.size() ? path.size() + 1 : text.size());
  }
  return 0;
}
