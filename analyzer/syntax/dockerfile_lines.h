// From bytes to logical lines: physical lines, directives, comments and continuations of a
// Dockerfile (dockerfile.md 1.1 to 1.3).
//
// Offsets are in the text the reader was given, not in the file; MappedTexts map on to the file.
//
// Thread-safety: one reader belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

struct LogicalLine {
  MappedText text;                   // continuations joined without a separator
  Span range;                        // of the physical lines it was made from
  std::vector<MappedText> comments;  // whole-line comments above it
};

class DockerLineReader {
 public:
  // `dockerfile` takes directives, the escape character and errors. Both must outlive the reader.
  DockerLineReader(const MappedText& text, Dockerfile& dockerfile);

  // The next instruction's line; none at the end of the file.
  std::optional<LogicalLine> Next();

  // The next physical line with its line end, as heredoc bodies are read; none at the end.
  std::optional<Span> NextPhysical();

  // Where the next physical line begins, and going back to such a place.
  uint32_t position() const { return position_; }
  void Rewind(uint32_t position) { position_ = position; }

 private:
  bool ReadDirective(Span line);

  const MappedText& text_;
  Dockerfile& dockerfile_;
  uint32_t position_ = 0;
  bool directives_done_ = false;
  std::vector<MappedText> comments_;
};

// `line` without CR and LF at its end.
Span TrimLineEnd(std::string_view text, Span line);

}  // namespace oakum
