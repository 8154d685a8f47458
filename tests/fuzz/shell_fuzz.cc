#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analyzer/syntax/shell.h"

// Any bytes parse without a crash, every span lies in the text, and every index is a node's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oakum;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ShellScript script = ParseShell(Value(MappedText::Verbatim(text, 0)));
  auto check = [&](Span span) {
    if (span.begin > span.end || span.end > size) std::abort();
  };
  auto check_index = [&](uint32_t index) {
    if (index >= script.nodes.size()) std::abort();
  };
  check_index(script.root);
  for (const ShellNode& node : script.nodes) {
    check(node.span);
    for (const ShellWord& word : node.words) {
      check(word.span);
      check(word.value.ToSource());
    }
    for (const ShellAssignment& assignment : node.assignments) {
      check(assignment.span);
      check(assignment.name_span);
      check(assignment.value.ToSource());
    }
    for (const ShellRedirection& redirection : node.redirections) {
      check(redirection.span);
      check(redirection.target.ToSource());
    }
    for (const uint32_t child : node.children) check_index(child);
    for (const uint32_t substitution : node.substitutions) check_index(substitution);
  }
  return 0;
}
