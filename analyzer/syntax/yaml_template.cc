#include "analyzer/syntax/yaml_template.h"

#include <algorithm>
#include <utility>

#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// Whether the line [begin, end) holds holes and blanks alone, and at least one hole.
bool OnlyHoles(const Value& value, size_t begin, size_t end) {
  bool hole = false;
  for (size_t at = begin; at < end; ++at) {
    const char c = value.text()[at];
    if (c == Value::kHoleByte && value.HoleAt(static_cast<uint32_t>(at)) != nullptr) {
      hole = true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return false;
    }
  }
  return hole;
}

YamlTemplate WithoutActionLines(const Value& value) {
  YamlTemplate result;
  ValueRewriter rewriter(value);
  const std::string_view text = value.text();
  for (size_t line = 0; line < text.size();) {
    const size_t end = std::min(text.find('\n', line), text.size());
    if (OnlyHoles(value, line, end)) {
      rewriter.ReplaceWithText(line, end, "");
      result.insertions.push_back(
          value.ToSource({static_cast<uint32_t>(line), static_cast<uint32_t>(end)}));
    }
    line = end + 1;
  }
  result.text = std::move(rewriter).Finish();
  return result;
}

}  // namespace

bool IsYamlTemplate(std::string_view text) {
  return (Has(text, "{{") || Has(text, "{%")) && !Has(text, "${{");
}

YamlTemplate ResolveYamlTemplate(const Value& text) {
  if (!IsYamlTemplate(text.text())) return {text, {}};
  return WithoutActionLines(Has(text.text(), "{%") ? JinjaTemplate(text) : GoTemplate(text));
}

}  // namespace oakum
