#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/syntax/github_expression.h"
#include "analyzer/syntax/identifier.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;

// The end of a template action whose inside starts at `at`: where `close` stands outside of strings
// of the given quotes. Backslash escapes inside '"' and '\''.
size_t ActionEnd(std::string_view text, size_t at, std::string_view close,
                 std::string_view quotes) {
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == '\\' && quote != '`') ++at;
      // A line break ends what would otherwise swallow the file.
      if (c == quote || (c == '\n' && quote != '`')) quote = '\0';
    } else if (quotes.find(c) != kNone) {
      quote = c;
    } else if (text.substr(at).starts_with(close)) {
      return at;
    }
  }
  return kNone;
}

// The text of a plain string literal, or nothing. Only strings without escapes.
bool IsString(std::string_view text, std::string_view quotes) {
  return text.size() >= 2 && quotes.find(text[0]) != kNone && text.back() == text[0] &&
         text.find(text[0], 1) == text.size() - 1 && text.find('\\') == kNone;
}

// The string after `default` (a pipeline filter or a function call), with its place in `body`.
Span DefaultString(std::string_view body, std::string_view keyword, std::string_view quotes) {
  for (size_t at = body.find(keyword); at != kNone; at = body.find(keyword, at + 1)) {
    if (at > 0 && IsNameByte(body[at - 1])) continue;
    const size_t open = body.find_first_not_of(" \t(", at + keyword.size());
    if (open == kNone || quotes.find(body[open]) == kNone) continue;
    const size_t close = body.find(body[open], open + 1);
    if (close == kNone) return {};
    return {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)};
  }
  return {};
}

bool IsGoControl(std::string_view body) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "if", "else", "end", "range", "with", "define", "block", "break", "continue", "/*"};
  if (body.starts_with("/*")) return true;
  const size_t end = NameEnd(body, 0);
  for (std::string_view word : kWords) {
    if (body.substr(0, end) == word) return true;
  }
  if (!body.starts_with("$")) return false;
  const size_t name_end = NameEnd(body, 1);
  return Strip(body.substr(name_end == 1 && body.size() > 1 ? 1 : name_end)).starts_with(":=") ||
         Strip(body.substr(name_end)).starts_with("= ");
}

struct TemplateDialect {
  std::string_view quotes;
  bool go = false;
};

// One `{{ ... }}`; `body_begin` and `close` delimit what is between the braces.
void TemplateAction(ValueRewriter& out, size_t open, size_t close, const TemplateDialect& dialect) {
  size_t begin = open + 2;
  size_t end = close;
  const std::string_view text = out.text();
  if (begin < end && (text[begin] == '-' || text[begin] == '+')) ++begin;
  if (end > begin && (text[end - 1] == '-' || text[end - 1] == '+')) --end;
  const std::string_view inside = text.substr(begin, end - begin);
  const std::string_view body = Strip(inside);
  if (dialect.go && IsGoControl(body)) return out.ReplaceWithText(open, close + 2, "");
  if (IsString(body, dialect.quotes)) {
    return out.ReplaceWithText(open, close + 2, body.substr(1, body.size() - 2));
  }
  Hole hole = HoleNamed(Strip(body.substr(0, body.find('|'))), HoleOrigin::kTemplate);
  const size_t base = begin + static_cast<size_t>(body.data() - inside.data());
  const Span fallback = DefaultString(body, "default", dialect.quotes);
  if (!fallback.empty()) {
    hole.fallback =
        std::make_shared<const Value>(out.Slice(base + fallback.begin, base + fallback.end));
  }
  out.Replace(open, close + 2, std::move(hole));
}

}  // namespace

Value GithubExpressions(const Value& value) {
  ValueRewriter out(value);
  const std::string_view text = value.text();
  for (size_t at = text.find("${{"); at != kNone; at = text.find("${{", at)) {
    // The runner toggles at every quote, so a doubled one changes nothing.
    bool in_string = false;
    size_t close = at + 3;
    while (close < text.size() && (in_string || !text.substr(close).starts_with("}}"))) {
      if (text[close++] == '\'') in_string = !in_string;
    }
    if (close >= text.size()) break;
    const GithubResult result = ReadGithubExpression(text.substr(at + 3, close - at - 3));
    std::shared_ptr<const Value> literal;
    if (result.literal) {
      const Span inner = value.ToSource({static_cast<uint32_t>(at + 3) + result.literal_span.begin,
                                         static_cast<uint32_t>(at + 3) + result.literal_span.end});
      const Span whole =
          inner.empty()
              ? value.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(close + 2)})
              : inner;
      literal = std::make_shared<const Value>(MappedText::Synthetic(*result.literal, whole));
    }
    if (literal && !result.named) {
      out.ReplaceWithValue(at, close + 2, *literal);
    } else {
      Hole hole =
          HoleNamed(result.name, result.secret ? HoleOrigin::kCiSecret : HoleOrigin::kCiExpression);
      hole.fallback = std::move(literal);
      out.Replace(at, close + 2, std::move(hole));
    }
    at = close + 2;
  }
  return std::move(out).Finish();
}

Value GoTemplate(const Value& value) {
  ValueRewriter out(value);
  const std::string_view text = value.text();
  for (size_t at = text.find("{{"); at != kNone; at = text.find("{{", at)) {
    const std::string_view rest = text.substr(at + 2);
    const bool comment = rest.starts_with("/*") || rest.starts_with("- /*");
    size_t close = comment ? text.find("*/", at + 4) : ActionEnd(text, at + 2, "}}", "\"`");
    if (comment && close != kNone) close = text.find("}}", close);
    if (close == kNone) break;
    TemplateAction(out, at, close, {.quotes = "\"`", .go = true});
    at = close + 2;
  }
  return std::move(out).Finish();
}

Value JinjaTemplate(const Value& value) {
  ValueRewriter out(value);
  const std::string_view text = value.text();
  for (size_t at = text.find('{'); at != kNone; at = text.find('{', at)) {
    const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
    if (kind != '{' && kind != '%' && kind != '#') {
      ++at;
      continue;
    }
    const std::string_view close_mark = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
    const size_t close = ActionEnd(text, at + 2, close_mark, kind == '#' ? "" : "\"'");
    if (close == kNone) break;
    if (kind == '{') {
      TemplateAction(out, at, close, {.quotes = "\"'"});
    } else {
      out.ReplaceWithText(at, close + 2, "");
    }
    at = close + 2;
  }
  return std::move(out).Finish();
}

}  // namespace oakum
