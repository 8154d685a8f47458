#include "analyzer/base/value.h"

#include <algorithm>
#include <utility>

namespace oakum {

const Hole* Value::HoleAt(uint32_t position) const {
  auto at = std::lower_bound(holes_.begin(), holes_.end(), position,
                             [](const PlacedHole& h, uint32_t p) { return h.position < p; });
  return at != holes_.end() && at->position == position ? &at->hole : nullptr;
}

const Hole* Value::OnlyHole() const {
  return size() == 1 ? HoleAt(0) : nullptr;
}

bool Value::HasHole(HoleOrigin origin) const {
  return std::any_of(holes_.begin(), holes_.end(),
                     [origin](const PlacedHole& h) { return h.hole.origin == origin; });
}

bool Value::AllDeferred() const {
  return !holes_.empty() && std::all_of(holes_.begin(), holes_.end(), [](const PlacedHole& h) {
    return h.hole.when == FillTime::kDeferred;
  });
}

Value Value::Restore(const MappedText& part) const {
  Value result(part);
  if (is_literal()) return result;
  for (uint32_t i = 0; i < part.size(); ++i) {
    if (part.text()[i] != kHoleByte) continue;
    const Span span = part.ToSource({i, i + 1});
    auto origin = std::find_if(holes_.begin(), holes_.end(),
                               [span](const PlacedHole& h) { return h.hole.span == span; });
    if (origin != holes_.end()) result.holes_.push_back({i, origin->hole});
  }
  return result;
}

Value Value::Slice(Span range) const {
  range.end = std::min(range.end, size());
  range.begin = std::min(range.begin, range.end);
  Value result;
  result.text_ = text_.Slice(range);
  auto at = std::lower_bound(holes_.begin(), holes_.end(), range.begin,
                             [](const PlacedHole& h, uint32_t p) { return h.position < p; });
  for (; at != holes_.end() && at->position < range.end; ++at) {
    result.holes_.push_back({at->position - range.begin, at->hole});
  }
  return result;
}

Value Value::Trimmed() const {
  const std::string_view all = text();
  const size_t begin = all.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Slice({0, 0});
  const size_t end = all.find_last_not_of(" \t\r\n") + 1;
  return Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

std::string Value::Describe() const {
  std::string out;
  for (uint32_t i = 0; i < size(); ++i) {
    const Hole* hole = HoleAt(i);
    if (hole) {
      out += "${" + hole->name + "}";
    } else {
      out += text()[i];
    }
  }
  return out;
}

void Value::Builder::Append(Hole hole) {
  const char mark = kHoleByte;
  const Span span = hole.span;
  holes_.push_back({text_.size(), std::move(hole)});
  text_.AppendDecoded({&mark, 1}, span);
}

void Value::Builder::Append(const Value& value) {
  const uint32_t base = text_.size();
  text_.Append(value.mapped());
  for (const PlacedHole& placed : value.holes()) {
    holes_.push_back({base + placed.position, placed.hole});
  }
}

Value Value::Builder::Build() && {
  Value result;
  result.text_ = std::move(text_).Build();
  result.holes_ = std::move(holes_);
  return result;
}

}  // namespace oakum
