// A decoded string that still knows which source bytes each part of it came from.
//
// A RUN body without its line continuations, a YAML block scalar without its indentation, a JSON
// string without its escapes, a heredoc, a base64 value: every layer of decoding yields a
// MappedText, and a front end that reads a MappedText yields spans of the *file*. Nesting therefore
// costs nothing: a URL in a shell script in a YAML block scalar in a ConfigMap still underlines
// exactly its own bytes.
//
//   MappedText script = MappedText::Verbatim(source.text(), 0).Slice({10, 90});
//   Span where = script.ToSource({4, 9});          // bytes of the file
//
// Verbatim text is a view and copies nothing; it must not outlive its Source. Decoded text is owned
// and shared, so copying or slicing a MappedText is cheap in either case.
//
// Thread-safety: immutable after construction, so safe to share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

class MappedText {
 public:
  // Where a run of decoded bytes came from. An exact run is byte for byte the source; any other is
  // an escape, a fold or a default, and every part of it maps to the whole of its source.
  struct Segment {
    uint32_t decoded = 0;  // offset in the decoded text
    uint32_t length = 0;   // decoded bytes
    Span source;
    bool exact = false;
  };

  class Builder;

  MappedText() = default;

  // Text that stands in the source exactly as it is, from `offset` on.
  static MappedText Verbatim(std::string_view text, uint32_t offset);

  // Text that has no counterpart of its own length: all of it maps to `source`.
  static MappedText Synthetic(std::string_view text, Span source);

  std::string_view text() const { return text_; }
  uint32_t size() const { return static_cast<uint32_t>(text_.size()); }
  bool empty() const { return text_.empty(); }
  bool is_verbatim() const { return storage_ == nullptr; }

  // The source bytes that gave decoded [begin, end). An empty span maps to an empty span at the
  // place where it stands. Offsets beyond the end are clamped.
  Span ToSource(Span decoded) const;
  Span ToSource() const { return ToSource({0, size()}); }

  // The same text cut down to decoded [begin, end), clamped. Shares storage.
  MappedText Slice(Span decoded) const;
  MappedText Slice(uint32_t begin) const { return Slice({begin, size()}); }

  // Without ASCII blanks (space, tab, CR, LF) at either end.
  MappedText Trimmed() const;

 private:
  struct Storage {
    std::string text;
    std::vector<Segment> segments;  // in decoded order, without gaps
  };

  std::string_view text_;
  std::shared_ptr<const Storage> storage_;  // null for verbatim text
  uint32_t base_ = 0;  // of text_: in the source (verbatim) or in storage_->text (decoded)
};

// Puts a MappedText together piece by piece. Pieces that turn out to be adjacent verbatim bytes of
// the source are merged.
class MappedText::Builder {
 public:
  // Source bytes taken over unchanged.
  void AppendVerbatim(std::string_view text, uint32_t source_begin);
  // Decoded bytes that stand for `source` as a whole (an escape, a fold, a default).
  void AppendDecoded(std::string_view text, Span source);
  // A part of another MappedText; its mapping is carried over.
  void Append(const MappedText& text);

  uint32_t size() const { return static_cast<uint32_t>(storage_.text.size()); }
  std::string_view text() const { return storage_.text; }
  // Drops decoded bytes from the end. REQUIRES: count <= size().
  void RemoveSuffix(uint32_t count);

  MappedText Build() &&;

 private:
  void Push(uint32_t length, Span source, bool exact);

  Storage storage_;
};

}  // namespace oakum
