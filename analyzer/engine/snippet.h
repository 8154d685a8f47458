// Source text that may be shown: secrets masked, columns known.
//
// Whatever quotes a file (text output, SARIF snippets, hovers) takes its lines from here. A line
// comes out as plain UTF-8 that can do nothing to a terminal: controls, bidirectional overrides and
// invisible characters are written as \x1b or \u{202e}, invalid UTF-8 as U+FFFD, tabs as blanks up
// to the next multiple of 4 columns. Masked are the secrets of all findings of the file, every
// other occurrence of their texts, and what SensitiveRanges() (credential/redact.h) takes for one.
// Each masked run is one "[REDACTED]", whatever its length; one that spans lines is masked on each
// of them.
//
//   SnippetSource snippets(source, lines, secrets_of_all_findings);
//   ShownLine line = snippets.Line(lines.LineOf(span.begin), span, 100);
//   puts(line.text); PrintCarets(line.ColumnsOf(span));
//
// Columns count terminal cells: 2 for wide East Asian characters and emoji, 0 for combining marks.
//
// Thread-safety: immutable after construction. Source and LineIndex must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyzer/base/line_index.h"
#include "analyzer/base/source.h"
#include "analyzer/base/span.h"

namespace oakum {

struct ColumnRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const ColumnRange&) const = default;
};

// One line as it is shown.
class ShownLine {
 public:
  std::string text;
  bool masked = false;  // something in it was redacted

  // The columns of `text` that show the bytes of `span`: a mask counts as a whole, an empty span
  // and one that lies in a part cut away is one column wide. Clamped to the line.
  ColumnRange ColumnsOf(Span span) const;

 private:
  friend class LineWriter;

  // A character, an escape, a mask, or "..." for what was cut away.
  struct Cell {
    Span source;
    uint32_t column = 0;
    uint32_t width = 0;
  };
  std::vector<Cell> cells_;  // in order
};

class SnippetSource {
 public:
  // `secrets`: those of every finding of this source, in any order.
  SnippetSource(const Source& source, const LineIndex& lines, std::span<const Span> secrets);

  // Line `line` (zero-based) without its ending, cut down to about `max_width` columns around the
  // part of `focus` in it; 0 means as long as it is. REQUIRES: line < lines.line_count().
  ShownLine Line(uint32_t line, Span focus = {}, uint32_t max_width = 0) const;

 private:
  const Source& source_;
  const LineIndex& lines_;
  std::vector<Span> masked_;  // sorted, apart
};

}  // namespace oakum
