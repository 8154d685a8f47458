// One input: where it is called what, and its bytes.
//
// A Source owns its text, which never moves: every Span, string_view and verbatim MappedText of the
// program points into it. The path is relative to the scanned root with '/' separators, which is
// how reports name it. Text is UTF-8 as far as the file was; UTF-16 files with a byte-order mark
// are transcoded on the way in, and their spans refer to the transcoded text. A UTF-8 byte-order
// mark stays in text() (GitHub's line hash counts it) and is left out of body().
//
// Thread-safety: immutable after construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/mapped_text.h"

namespace oakum {

class Source {
 public:
  Source(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  Source(const Source&) = delete;  // views into text_ must stay valid
  Source& operator=(const Source&) = delete;

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }

  // The text without its byte-order mark, mapped to the file's offsets.
  MappedText body() const {
    const uint32_t mark = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
    return MappedText::Verbatim(text().substr(mark), mark);
  }

  // The last path segment.
  std::string_view name() const { return std::string_view(path_).substr(path_.rfind('/') + 1); }

 private:
  const std::string path_;
  const std::string text_;
};

}  // namespace oakum
