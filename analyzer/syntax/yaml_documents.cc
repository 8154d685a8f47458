#include "analyzer/syntax/yaml_documents.h"

#include <utility>

#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

bool EndsLine(std::string_view text, size_t at) {
  return at >= text.size() || text[at] == '\n' || text[at] == '\r';
}

bool HoldsLine(std::string_view text, std::string_view line) {
  for (size_t at = text.find(line); at != text.npos; at = text.find(line, at + 1)) {
    if ((at == 0 || text[at - 1] == '\n') && EndsLine(text, at + line.size())) return true;
  }
  return false;
}

}  // namespace

uint32_t NextYamlDocument(std::string_view text, uint32_t at) {
  for (size_t line = text.find("\n---", at); line != text.npos;
       line = text.find("\n---", line + 1)) {
    const size_t after = line + 4;
    if (EndsLine(text, after) || text[after] == ' ') return static_cast<uint32_t>(line + 1);
  }
  return static_cast<uint32_t>(text.size());
}

Value WithoutYamlDocuments(const Value& text, std::string_view line) {
  const std::string_view all = text.text();
  if (!HoldsLine(all, line)) return text;
  ValueRewriter rewriter(text);
  for (uint32_t begin = 0; begin < all.size();) {
    const uint32_t end = NextYamlDocument(all, begin);
    if (HoldsLine(all.substr(begin, end - begin), line)) rewriter.ReplaceWithText(begin, end, "");
    begin = end;
  }
  return std::move(rewriter).Finish();
}

}  // namespace oakum
