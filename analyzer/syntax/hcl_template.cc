#include "analyzer/syntax/hcl_template.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/syntax/hcl.h"

namespace oakum {

namespace {

bool IsNamePart(char c) {
  return IsHclNameStart(c) || (c >= '0' && c <= '9') || c == '-';
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

bool IsKeyword(std::string_view name) {
  constexpr std::string_view kKeywords[] = {"else", "endfor", "endif", "false", "for",
                                            "if",   "in",     "null",  "true"};
  return std::find(std::begin(kKeywords), std::end(kKeywords), name) != std::end(kKeywords);
}

// The first variable of the expression: no function, no keyword, nothing in quotes.
std::string_view FirstVariable(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = HclStringEnd(text, at);
    } else if (IsHclNameStart(text[at])) {
      const size_t end = HclNameEnd(text, at);
      const std::string_view name = text.substr(at, end - at);
      const bool call = text.substr(end).starts_with('(');
      if (!call && !IsKeyword(name)) return name;
      at = end;
    } else {
      ++at;
    }
  }
  return {};
}

// What may be the value of `a ? b : c`: b and c.
std::string_view Outcomes(std::string_view expression) {
  const size_t question = expression.find('?');
  return question == expression.npos ? expression : expression.substr(question + 1);
}

// Behind the `}` of the template that begins with `${` or `%{` at `at`.
size_t TemplateEnd(std::string_view text, size_t at) {
  return HclBracketEnd(text, at + 1);
}

}  // namespace

bool IsHclNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

size_t HclNameEnd(std::string_view text, size_t at) {
  while (at < text.size() && IsNamePart(text[at])) ++at;
  return at;
}

size_t HclCommentEnd(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('#') || rest.starts_with("//")) {
    return std::min(text.find('\n', at), text.size());
  }
  if (!rest.starts_with("/*")) return at;
  const size_t end = text.find("*/", at + 2);
  return end == text.npos ? text.size() : end + 2;
}

// Templates nest strings in strings: a stack of what is open.
size_t HclStringEnd(std::string_view text, size_t at) {
  std::string open = "\"";
  for (++at; at < text.size() && !open.empty();) {
    const char c = text[at];
    if (open.back() == '"') {
      const bool escaped = text.substr(at).starts_with("$${") || text.substr(at).starts_with("%%{");
      if (c == '\n') return at;
      if (c == '\\') {
        ++at;
      } else if (escaped) {
        at += 2;
      } else if (c == '"') {
        open.pop_back();
      } else if ((c == '$' || c == '%') && at + 1 < text.size() && text[at + 1] == '{') {
        open.push_back('{');
        ++at;
      }
    } else if (c == '"' || c == '{') {
      open.push_back(c);
    } else if (c == '}') {
      open.pop_back();
    }
    ++at;
  }
  return std::min(at, text.size());
}

size_t HclBracketEnd(std::string_view text, size_t at) {
  size_t depth = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      at = HclStringEnd(text, at);
      continue;
    }
    if (const size_t end = HclCommentEnd(text, at); end != at) {
      at = end;
      continue;
    }
    const char c = text[at++];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth == 0) return at;
  }
  return at;
}

bool IsHclReference(std::string_view expression) {
  const std::string_view text = Trim(expression);
  if (text.empty() || !IsHclNameStart(text[0]) || IsKeyword(text)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return IsNamePart(c) || c == '.'; });
}

Hole HclHole(std::string_view expression, Span span) {
  Hole hole;
  hole.span = span;
  std::string_view name = Trim(expression);
  if (IsHclReference(name)) {
    if (name.starts_with("var.")) name.remove_prefix(4);
    hole.origin = HoleOrigin::kEnvironment;
  } else {
    const std::string_view variable = FirstVariable(Outcomes(name));
    name = variable.empty() ? FirstVariable(name) : variable;
    hole.origin = HoleOrigin::kExpression;
  }
  hole.name = name.empty() ? std::string_view("expression") : name;
  return hole;
}

Value HclTemplate(const MappedText& text) {
  const std::string_view raw = text.text();
  Value::Builder out;
  size_t copied = 0;
  const auto copy = [&](size_t end) {
    out.Append(text.Slice({static_cast<uint32_t>(copied), static_cast<uint32_t>(end)}));
  };
  for (size_t at = raw.find_first_of("$%"); at < raw.size(); at = raw.find_first_of("$%", at)) {
    const std::string_view rest = raw.substr(at);
    if (rest.starts_with("$${") || rest.starts_with("%%{")) {
      copy(at);
      copied = at + 1;  // one of the two signs goes
      at += 3;
    } else if (rest.starts_with("${") || rest.starts_with("%{")) {
      const size_t end = TemplateEnd(raw, at);
      if (raw[end - 1] != '}') break;  // not closed: text
      copy(at);
      const Span whole{static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
      if (raw[at] == '$') {
        out.Append(HclHole(raw.substr(at + 2, end - at - 3), text.ToSource(whole)));
      }
      copied = at = end;
    } else {
      ++at;
    }
  }
  copy(raw.size());
  return std::move(out).Build();
}

}  // namespace oakum
