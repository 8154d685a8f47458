#include "analyzer/base/mapped_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace oakum {

MappedText MappedText::Verbatim(std::string_view text, uint32_t offset) {
  MappedText result;
  result.text_ = text;
  result.base_ = offset;
  return result;
}

MappedText MappedText::Synthetic(std::string_view text, Span source) {
  Builder builder;
  builder.AppendDecoded(text, source);
  return std::move(builder).Build();
}

Span MappedText::ToSource(Span decoded) const {
  decoded.end = std::min(decoded.end, size());
  decoded.begin = std::min(decoded.begin, decoded.end);
  if (!storage_) return {base_ + decoded.begin, base_ + decoded.end};
  const std::vector<Segment>& segments = storage_->segments;
  if (segments.empty()) return {};
  // The segment that holds `offset`; the last one for the end of the text.
  auto find = [&segments](uint32_t offset) {
    auto after = std::upper_bound(segments.begin(), segments.end(), offset,
                                  [](uint32_t o, const Segment& s) { return o < s.decoded; });
    return after == segments.begin() ? after : std::prev(after);
  };
  const uint32_t begin = base_ + decoded.begin;
  const uint32_t end = base_ + decoded.end;
  auto first = find(begin);
  Span out;
  if (begin >= first->decoded + first->length) {
    out.begin = first->source.end;  // at the very end of the text
  } else {
    out.begin = first->source.begin + (first->exact ? begin - first->decoded : 0);
  }
  if (begin == end) {
    out.end = out.begin;
    return out;
  }
  auto last = find(end - 1);
  out.end = last->exact ? last->source.begin + (end - last->decoded) : last->source.end;
  // Pieces may come from anywhere (a variable's value): never hand out a reversed span.
  if (out.end < out.begin) return Span::Cover(first->source, last->source);
  return out;
}

MappedText MappedText::Slice(Span decoded) const {
  decoded.end = std::min(decoded.end, size());
  decoded.begin = std::min(decoded.begin, decoded.end);
  MappedText result = *this;
  result.text_ = text_.substr(decoded.begin, decoded.size());
  result.base_ = base_ + decoded.begin;
  return result;
}

MappedText MappedText::Trimmed() const {
  const size_t begin = text_.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Slice({0, 0});
  const size_t end = text_.find_last_not_of(" \t\r\n") + 1;
  return Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

void MappedText::Builder::Push(uint32_t length, Span source, bool exact) {
  if (length == 0) return;
  std::vector<Segment>& segments = storage_.segments;
  if (exact && !segments.empty() && segments.back().exact &&
      segments.back().source.end == source.begin) {
    segments.back().length += length;
    segments.back().source.end = source.end;
    return;
  }
  segments.push_back({size(), length, source, exact});
}

void MappedText::Builder::AppendVerbatim(std::string_view text, uint32_t source_begin) {
  const uint32_t length = static_cast<uint32_t>(text.size());
  Push(length, {source_begin, source_begin + length}, true);
  storage_.text += text;
}

void MappedText::Builder::AppendDecoded(std::string_view text, Span source) {
  Push(static_cast<uint32_t>(text.size()), source, false);
  storage_.text += text;
}

void MappedText::Builder::Append(const MappedText& text) {
  if (text.is_verbatim()) return AppendVerbatim(text.text(), text.base_);
  const uint32_t begin = text.base_;
  const uint32_t end = text.base_ + text.size();
  const std::vector<Segment>& segments = text.storage_->segments;
  auto segment = std::upper_bound(segments.begin(), segments.end(), begin,
                                  [](uint32_t o, const Segment& s) { return o < s.decoded; });
  if (segment != segments.begin()) --segment;
  for (; segment != segments.end() && segment->decoded < end; ++segment) {
    const uint32_t from = std::max(begin, segment->decoded);
    const uint32_t to = std::min(end, segment->decoded + segment->length);
    if (from >= to) continue;
    const std::string_view piece = text.text().substr(from - begin, to - from);
    if (segment->exact) {
      AppendVerbatim(piece, segment->source.begin + (from - segment->decoded));
    } else {
      AppendDecoded(piece, segment->source);
    }
  }
}

void MappedText::Builder::RemoveSuffix(uint32_t count) {
  storage_.text.resize(storage_.text.size() - count);
  const uint32_t end = size();
  std::vector<Segment>& segments = storage_.segments;
  while (!segments.empty() && segments.back().decoded >= end) segments.pop_back();
  if (segments.empty()) return;
  Segment& last = segments.back();
  const uint32_t excess = last.decoded + last.length - end;
  if (excess == 0) return;
  last.length -= excess;
  if (last.exact) last.source.end -= excess;
}

MappedText MappedText::Builder::Build() && {
  auto storage = std::make_shared<const Storage>(std::move(storage_));
  MappedText result;
  result.text_ = storage->text;
  result.storage_ = std::move(storage);
  return result;
}

}  // namespace oakum
