#include "analyzer/syntax/ini.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/syntax/text_lines.h"

namespace oakum {

namespace {

constexpr uint32_t kNoIndent = UINT32_MAX;

class Parser {
 public:
  explicit Parser(const Value& in) : in_(in) {}

  IniText Parse() {
    for (const Value& line : SplitLines(in_)) Line(line);
    Close();
    return std::move(out_);
  }

 private:
  void Line(const Value& line) {
    const Value content = line.Trimmed();
    if (content.empty()) return;
    if (content.text()[0] == '#' || content.text()[0] == ';') return;
    const uint32_t indent = static_cast<uint32_t>(line.text().find_first_not_of(" \t\f\v"));
    if (open_ && indent > indent_) return Continue(content);
    Close();
    indent_ = indent;
    const std::string_view text = content.text();
    if (text[0] == '[') {
      const size_t close = text.find(']');
      if (close != std::string_view::npos) {
        section_ = content.Slice({1, static_cast<uint32_t>(close)});
        return;
      }
    }
    Option(content);
  }

  void Option(const Value& line) {
    const std::string_view text = line.text();
    const size_t delimiter = text.find_first_of("=:");
    if (delimiter == std::string_view::npos || delimiter == 0) {
      out_.errors.push_back({"neither a section nor a key with a value", line.ToSource()});
      return;
    }
    const Value key = line.Slice({0, static_cast<uint32_t>(delimiter)}).Trimmed();
    const Value value = line.Slice(static_cast<uint32_t>(delimiter + 1)).Trimmed();
    IniEntry entry;
    entry.section = section_;
    entry.key = key.text();
    std::transform(entry.key.begin(), entry.key.end(), entry.key.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    entry.key_span = key.ToSource();
    entry.span = line.ToSource();
    out_.entries.push_back(std::move(entry));
    value_ = {};
    value_.Append(value);
    open_ = true;
  }

  void Continue(const Value& content) {
    if (!value_.empty())
      value_.AppendDecoded("\n", {content.ToSource().begin, content.ToSource().begin});
    value_.Append(content);
    IniEntry& entry = out_.entries.back();
    entry.span = Span::Cover(entry.span, content.ToSource());
  }

  void Close() {
    if (open_) out_.entries.back().value = std::move(value_).Build();
    open_ = false;
  }

  const Value& in_;
  IniText out_;
  Value section_;
  uint32_t indent_ = kNoIndent;
  bool open_ = false;  // the last entry may go on
  Value::Builder value_;
};

}  // namespace

IniText ParseIni(const Value& text) {
  return Parser(text).Parse();
}

}  // namespace oakum
