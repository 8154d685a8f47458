// Copies a Value from left to right while references in it are replaced by holes or by text.
//
// The pieces between replacements are copied as they are, with their mapping and their own holes; a
// hole inside a replaced range is part of the reference and goes with it. Ranges are offsets in the
// input's text() and must be handed over in ascending order, without overlaps.
//
// Cost: linear in the text and its holes. The input must outlive the rewriter.
// Thread-safety: none needed; one rewriter is one pass.
#pragma once

#include <string_view>
#include <utility>

#include "analyzer/base/value.h"

namespace oakum {

// A hole whose span is still to be set.
inline Hole HoleNamed(std::string_view name, HoleOrigin origin,
                      FillTime when = FillTime::kInterpolated) {
  Hole hole;
  hole.name = name;
  hole.origin = origin;
  hole.when = when;
  return hole;
}

class ValueRewriter {
 public:
  explicit ValueRewriter(const Value& in) : in_(in) {}

  std::string_view text() const { return in_.text(); }

  // The reference [begin, end) becomes `hole`, whose span is set here.
  void Replace(size_t begin, size_t end, Hole hole);
  // [begin, end) becomes `text`, mapped to all of it: an escape, a literal expression, nothing.
  void ReplaceWithText(size_t begin, size_t end, std::string_view text);
  void ReplaceWithValue(size_t begin, size_t end, const Value& value);

  Value Slice(size_t begin, size_t end) const;

  // The rewritten value; the input itself if nothing was replaced.
  Value Finish() &&;

 private:
  void CopyTo(size_t end);  // everything that is not copied yet, unchanged
  void CopyLiteral(size_t end);

  const Value& in_;
  Value::Builder out_;
  size_t copied_ = 0;
  size_t next_hole_ = 0;
  bool changed_ = false;
};

}  // namespace oakum
