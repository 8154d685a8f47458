// The pieces a scalar is read in, before it is known whether the reading is right.
//
// Most scalars turn out to be one run of source bytes, and then Build() copies nothing.
//
// Thread-safety: none; used within one call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

class YamlPieces {
 public:
  // `input` must outlive the pieces. Ranges are offsets of its text.
  explicit YamlPieces(const Value& input) : input_(input) {}

  // Input bytes taken over unchanged.
  void Verbatim(uint32_t begin, uint32_t end);
  // Text that stands for `range` as a whole.
  void Decoded(std::string_view text, Span range);
  // A line break that stays one: LF is taken over, CRLF becomes LF.
  void Break(Span range);

  std::string_view text() const;
  Value Build() &&;

 private:
  void Flush();

  const Value& input_;
  Span run_;            // verbatim bytes not yet in builder_
  bool single_ = true;  // nothing but run_ so far
  std::string text_;    // kept only once there is more than one piece
  Value::Builder builder_;
};

}  // namespace oakum
