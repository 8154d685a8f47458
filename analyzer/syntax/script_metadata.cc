#include "analyzer/syntax/script_metadata.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/syntax/text_lines.h"

namespace oakum {

namespace {

constexpr std::string_view kEnd = "# ///";

// The first line behind the block whose lines begin at `first`; none if nothing ends it.
std::optional<size_t> EndOfBlock(const std::vector<Value>& lines, size_t first) {
  std::optional<size_t> end;
  for (size_t i = first; i < lines.size(); ++i) {
    const std::string_view line = lines[i].text();
    if (line != "#" && !line.starts_with("# ")) break;
    if (line == kEnd) end = i;
  }
  return end;
}

}  // namespace

Value ScriptMetadata(const Value& code) {
  constexpr std::string_view kStart = "# /// script";
  if (code.text().find(kStart) == std::string_view::npos) return {};
  const std::vector<Value> lines = SplitLines(code);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].text() != kStart) continue;
    const std::optional<size_t> end = EndOfBlock(lines, i + 1);
    if (!end) return {};
    Value::Builder toml;
    for (size_t line = i + 1; line < *end; ++line) {
      toml.Append(lines[line].Slice(2));
      const uint32_t at = lines[line].ToSource().end;
      toml.AppendDecoded("\n", {at, at});
    }
    return std::move(toml).Build();
  }
  return {};
}

}  // namespace oakum
