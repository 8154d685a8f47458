// What make fills into a text.

#include <algorithm>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

namespace {

// Behind the bracket that closes the one at `at`; npos if none does.
size_t Closes(std::string_view text, size_t at) {
  const char open = text[at];
  const char close = open == '(' ? ')' : '}';
  size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == open) ++depth;
    if (text[at] == close && --depth == 0) return at + 1;
  }
  return text.npos;
}

// Of what stands between the brackets.
Hole HoleOf(std::string_view inner, Span span) {
  constexpr std::string_view kShell = "shell ";
  Hole hole;
  hole.span = span;
  hole.name = inner;
  const bool name = std::all_of(inner.begin(), inner.end(), [](char c) {
    return IsAlnum(c) || c == '_' || c == '.' || c == '-';
  });
  if (name && !inner.empty()) {
    hole.origin = HoleOrigin::kEnvironment;
  } else if (inner.starts_with(kShell)) {
    hole.origin = HoleOrigin::kCommand;
    hole.name = inner.substr(kShell.size());
  } else {
    hole.origin = HoleOrigin::kExpression;
  }
  return hole;
}

}  // namespace

Value MakeReferences(const MappedText& text) {
  const std::string_view raw = text.text();
  Value::Builder out;
  size_t copied = 0;
  size_t unclosed = raw.npos;  // brackets from here on are not closed
  for (size_t at = raw.find('$'); at < raw.size(); at = raw.find('$', at)) {
    if (at + 1 == raw.size()) break;
    const char next = raw[at + 1];
    const bool bracket = next == '(' || next == '{';
    const size_t end = !bracket ? at + 2 : at >= unclosed ? raw.npos : Closes(raw, at + 1);
    if (end == raw.npos) {
      unclosed = std::min(unclosed, at);
      ++at;
      continue;
    }
    out.Append(text.Slice({static_cast<uint32_t>(copied), static_cast<uint32_t>(at)}));
    const Span span = text.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    if (next == '$') {
      out.AppendDecoded("$", span);
    } else if (bracket) {
      out.Append(HoleOf(raw.substr(at + 2, end - at - 3), span));
    } else {
      // $@, $< and their like are files; one letter is a variable.
      Hole hole = HoleOf(raw.substr(at + 1, 1), span);
      if (!IsAlpha(next)) hole.origin = HoleOrigin::kUnknown;
      out.Append(std::move(hole));
    }
    copied = at = end;
  }
  out.Append(text.Slice(static_cast<uint32_t>(copied)));
  return std::move(out).Build();
}

}  // namespace oakum
