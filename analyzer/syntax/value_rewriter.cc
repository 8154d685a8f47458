#include "analyzer/syntax/value_rewriter.h"

#include <string>
#include <vector>

namespace oakum {

namespace {

Span Range(size_t begin, size_t end) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

}  // namespace

void ValueRewriter::CopyTo(size_t end) {
  const std::vector<Value::PlacedHole>& holes = in_.holes();
  while (next_hole_ < holes.size() && holes[next_hole_].position < end) {
    const uint32_t position = holes[next_hole_].position;
    if (position >= copied_) {
      CopyLiteral(position);
      out_.Append(holes[next_hole_].hole);
      copied_ = position + 1;
    }
    ++next_hole_;
  }
  CopyLiteral(end);
}

void ValueRewriter::CopyLiteral(size_t end) {
  if (end <= copied_) return;
  out_.Append(in_.mapped().Slice(Range(copied_, end)));
  copied_ = end;
}

void ValueRewriter::Replace(size_t begin, size_t end, Hole hole) {
  CopyTo(begin);
  hole.span = in_.ToSource(Range(begin, end));
  if (hole.name.find(Value::kHoleByte) != std::string::npos) {
    hole.name = Slice(begin, end).Describe();
  }
  out_.Append(std::move(hole));
  copied_ = end;
  changed_ = true;
}

void ValueRewriter::ReplaceWithText(size_t begin, size_t end, std::string_view text) {
  CopyTo(begin);
  out_.AppendDecoded(text, in_.ToSource(Range(begin, end)));
  copied_ = end;
  changed_ = true;
}

void ValueRewriter::ReplaceWithValue(size_t begin, size_t end, const Value& value) {
  CopyTo(begin);
  out_.Append(value);
  copied_ = end;
  changed_ = true;
}

Value ValueRewriter::Slice(size_t begin, size_t end) const {
  return in_.Slice(Range(begin, end));
}

Value ValueRewriter::Finish() && {
  if (!changed_) return in_;
  CopyTo(text().size());
  return std::move(out_).Build();
}

}  // namespace oakum
