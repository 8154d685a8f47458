#include "analyzer/syntax/dockerfile_lines.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

constexpr uint32_t kMaxLineLength = 65535;  // bufio.MaxScanTokenSize, without the line feed

std::string_view View(std::string_view text, Span range) {
  return text.substr(range.begin, range.size());
}

Span TrimLeft(std::string_view text, Span range) {
  while (range.begin < range.end) {
    const Rune rune = DecodeRune(View(text, range), 0);
    if (!IsGoSpace(rune.value)) break;
    range.begin += rune.size;
  }
  return range;
}

bool IsComment(std::string_view text, Span line) {
  line = TrimLeft(text, line);
  return !line.empty() && text[line.begin] == '#';
}

// Cuts the continuation mark off `line`: an escape character that only blanks follow and that no
// other escape character precedes. False if there is none.
bool CutContinuation(std::string_view text, char escape, Span& line) {
  uint32_t end = line.end;
  while (end > line.begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  if (end == line.begin || text[end - 1] != escape) return false;
  if (end - 1 > line.begin && text[end - 2] == escape) return false;
  line.end = end - 1;
  return true;
}

struct DirectiveParts {
  Span key;
  Span value;
};

// `# key = value` with blanks anywhere around the parts.
std::optional<DirectiveParts> SplitDirective(std::string_view text, Span line) {
  if (line.empty() || text[line.begin] != '#') return std::nullopt;
  ++line.begin;
  line = TrimLeft(text, line);
  Span key{line.begin, line.begin};
  while (key.end < line.end && static_cast<unsigned char>(text[key.end]) < 0x80 &&
         (IsGoLetter(text[key.end]) || (key.end > key.begin && IsGoDigit(text[key.end])))) {
    ++key.end;
  }
  if (key.empty()) return std::nullopt;
  auto skip = [&](uint32_t at) {
    while (at < line.end &&
           std::string_view(" \t\n\f\r").find(text[at]) != std::string_view::npos) {
      ++at;
    }
    return at;
  };
  const uint32_t equals = skip(key.end);
  if (equals >= line.end || text[equals] != '=') return std::nullopt;
  Span value{skip(equals + 1), line.end};
  while (value.end > value.begin &&
         std::string_view(" \t\n\f\r").find(text[value.end - 1]) != std::string_view::npos) {
    --value.end;
  }
  if (value.empty()) return std::nullopt;
  return DirectiveParts{key, value};
}

}  // namespace

Span TrimLineEnd(std::string_view text, Span line) {
  while (!line.empty() && (text[line.end - 1] == '\n' || text[line.end - 1] == '\r')) --line.end;
  return line;
}

DockerLineReader::DockerLineReader(const MappedText& text, Dockerfile& dockerfile)
    : text_(text), dockerfile_(dockerfile) {
  if (text.text().starts_with("\xef\xbb\xbf")) position_ = 3;
}

std::optional<Span> DockerLineReader::NextPhysical() {
  const std::string_view text = text_.text();
  if (position_ >= text.size()) return std::nullopt;
  const size_t feed = text.find('\n', position_);
  Span line{position_, static_cast<uint32_t>(feed == text.npos ? text.size() : feed + 1)};
  position_ = line.end;
  const uint32_t length = line.size() - (feed == text.npos ? 0 : 1);
  if (length > kMaxLineLength) {
    dockerfile_.errors.push_back({"a line is longer than the 65535 bytes that BuildKit reads",
                                  text_.ToSource({line.begin, line.begin + 1}), true});
  }
  return line;
}

// Whether the line is a directive; ends the directive zone otherwise.
bool DockerLineReader::ReadDirective(Span line) {
  if (directives_done_) return false;
  directives_done_ = true;  // unless it is one
  const std::string_view text = text_.text();
  const std::optional<DirectiveParts> parts = SplitDirective(text, line);
  if (!parts) return false;
  std::string name = ToLowerAscii(View(text, parts->key));
  if (name != "syntax" && name != "escape" && name != "check") return false;
  directives_done_ = false;
  DockerDirective directive{std::move(name), text_.Slice(parts->value), text_.ToSource(line)};
  const auto& seen = dockerfile_.directives;
  if (std::any_of(seen.begin(), seen.end(),
                  [&](const DockerDirective& d) { return d.name == directive.name; })) {
    dockerfile_.errors.push_back({"a parser directive is given twice", directive.span, true});
    return true;
  }
  if (directive.name == "escape") {
    const std::string_view value = directive.value.text();
    if (value == "\\" || value == "`") {
      dockerfile_.escape = value[0];
    } else {
      dockerfile_.errors.push_back(
          {"the escape directive takes a backslash or a backtick", directive.span, true});
    }
  }
  dockerfile_.directives.push_back(std::move(directive));
  return true;
}

std::optional<LogicalLine> DockerLineReader::Next() {
  const std::string_view text = text_.text();
  while (std::optional<Span> physical = NextPhysical()) {
    Span line = TrimLeft(text, TrimLineEnd(text, *physical));
    const bool directive = ReadDirective(line);
    if (IsComment(text, line)) {
      const MappedText comment = TrimGoSpace(text_.Slice({line.begin + 1, line.end}));
      if (comment.empty()) {
        comments_.clear();
      } else if (!directive) {
        comments_.push_back(comment);
      }
      continue;
    }
    LogicalLine result{{}, line, {}};
    bool continued = CutContinuation(text, dockerfile_.escape, line);
    if (!continued && line.empty()) continue;
    MappedText::Builder joined;
    uint32_t pieces = 1;
    const Span first = line;
    if (continued) joined.Append(text_.Slice(line));
    while (continued) {
      std::optional<Span> next = NextPhysical();
      if (!next) break;
      Span more = TrimLineEnd(text, *next);
      if (IsComment(text, more) || TrimLeft(text, more).empty()) continue;
      result.range.end = more.end;
      continued = CutContinuation(text, dockerfile_.escape, more);
      joined.Append(text_.Slice(more));
      ++pieces;
    }
    result.text = pieces == 1 ? text_.Slice(first) : std::move(joined).Build();
    result.comments = std::exchange(comments_, {});
    return result;
  }
  return std::nullopt;
}

}  // namespace oakum
