#include "analyzer/engine/snippet.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/base/utf8.h"
#include "analyzer/credential/redact.h"

namespace oakum {

namespace {

constexpr uint32_t kTabWidth = 4;
// A shorter text is too likely to be a part of something harmless.
constexpr uint32_t kShortestRepeat = 6;
constexpr std::string_view kCut = "...";

// Sorted and merged; touching ranges become one.
std::vector<Span> Merge(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> merged;
  for (Span span : spans) {
    if (span.empty()) continue;
    if (!merged.empty() && span.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

// Whether showing the character as it is could hide or reorder what stands beside it.
bool IsUnsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

}  // namespace

// Puts a ShownLine together, cell by cell.
class LineWriter {
 public:
  void Put(std::string_view text, uint32_t width, Span source) {
    line_.cells_.push_back({source, column_, width});
    line_.text += text;
    text_ends_.push_back(static_cast<uint32_t>(line_.text.size()));
    column_ += width;
  }

  void PutMask(Span source) {
    line_.masked = true;
    Put(kRedacted, static_cast<uint32_t>(kRedacted.size()), source);
  }

  void PutCharacter(const Utf8Character& c, std::string_view bytes, Span source) {
    if (bytes == "\t") {
      const uint32_t width = kTabWidth - column_ % kTabWidth;
      return Put(std::string(width, ' '), width, source);
    }
    if (!c.valid) return Put("\xef\xbf\xbd", 1, source);
    if (!IsUnsafe(c.code)) return Put(bytes, CellWidth(c.code), source);
    const std::string escape = c.code < 0x80
                                   ? fmt::format("\\x{:02x}", static_cast<uint32_t>(c.code))
                                   : fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(c.code));
    Put(escape, static_cast<uint32_t>(escape.size()), source);
  }

  uint32_t column() const { return column_; }

  // The line, or the part of it around `focus` that fits.
  ShownLine Finish(Span focus, uint32_t max_width) && {
    if (max_width == 0 || column_ <= max_width) return std::move(line_);
    const ColumnRange wanted = line_.ColumnsOf(focus);
    const uint32_t room = max_width > 2 * kCut.size() ? max_width - 2 * kCut.size() : max_width;
    const uint32_t shown = std::min(wanted.end - wanted.begin, room);
    uint32_t from = wanted.begin - std::min(wanted.begin, (room - shown) / 2);
    from = std::min(from, column_ - std::min(column_, room));
    return Cut(from, from + room);
  }

 private:
  // The cells that lie in columns [from, to), with "..." for the rest.
  ShownLine Cut(uint32_t from, uint32_t to) {
    const auto& cells = line_.cells_;
    size_t first = 0;
    while (first < cells.size() && cells[first].column < from) ++first;
    size_t last = first;
    while (last < cells.size() && cells[last].column + cells[last].width <= to) ++last;
    if (last == first && last < cells.size()) ++last;  // a mask wider than the room

    LineWriter out;
    out.line_.masked = line_.masked;
    const auto width = static_cast<uint32_t>(kCut.size());
    if (first > 0) out.Put(kCut, width, {cells[0].source.begin, cells[first - 1].source.end});
    for (size_t i = first; i < last; ++i) {
      const uint32_t begin = i == 0 ? 0 : text_ends_[i - 1];
      out.Put(std::string_view(line_.text).substr(begin, text_ends_[i] - begin), cells[i].width,
              cells[i].source);
    }
    if (last < cells.size())
      out.Put(kCut, width, {cells[last].source.begin, cells.back().source.end});
    return std::move(out.line_);
  }

  ShownLine line_;
  std::vector<uint32_t> text_ends_;  // of each cell
  uint32_t column_ = 0;
};

ColumnRange ShownLine::ColumnsOf(Span span) const {
  const uint32_t end_column = cells_.empty() ? 0 : cells_.back().column + cells_.back().width;
  // The first cell that shows something at or after `begin`.
  auto first = std::partition_point(cells_.begin(), cells_.end(), [span](const Cell& cell) {
    return cell.source.end <= span.begin;
  });
  const uint32_t begin = first == cells_.end() ? end_column : first->column;
  auto last = std::partition_point(
      first, cells_.end(), [span](const Cell& cell) { return cell.source.begin < span.end; });
  const uint32_t end =
      last == cells_.begin() ? 0 : std::prev(last)->column + std::prev(last)->width;
  return {begin, std::max(end, begin + 1)};
}

SnippetSource::SnippetSource(const Source& source, const LineIndex& lines,
                             std::span<const Span> secrets)
    : source_(source), lines_(lines) {
  std::vector<Span> masked = SensitiveRanges(source.text());
  masked.insert(masked.end(), secrets.begin(), secrets.end());
  masked_ = Merge(std::move(masked));
  for (Span secret : secrets) {
    if (secret.size() < kShortestRepeat) continue;
    texts_.push_back(source.text().substr(secret.begin, secret.size()));
  }
  std::sort(texts_.begin(), texts_.end());
  texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
}

std::vector<Span> SnippetSource::MaskedIn(Span line) const {
  std::vector<Span> masked;
  auto at = std::partition_point(masked_.begin(), masked_.end(),
                                 [line](Span span) { return span.end <= line.begin; });
  for (; at != masked_.end() && at->begin < line.end; ++at) {
    masked.push_back({std::max(at->begin, line.begin), std::min(at->end, line.end)});
  }
  const std::string_view text = source_.text().substr(line.begin, line.size());
  for (std::string_view secret : texts_) {
    for (size_t i = text.find(secret); i != std::string_view::npos;
         i = text.find(secret, i + secret.size())) {
      const auto begin = line.begin + static_cast<uint32_t>(i);
      masked.push_back({begin, begin + static_cast<uint32_t>(secret.size())});
    }
  }
  return Merge(std::move(masked));
}

ShownLine SnippetSource::Line(uint32_t line, Span focus, uint32_t max_width) const {
  const Span span = lines_.LineSpan(line);
  const std::vector<Span> masked = MaskedIn(span);
  auto mask = masked.begin();
  LineWriter writer;
  for (uint32_t i = span.begin; i < span.end;) {
    const Utf8Character c = DecodeUtf8(source_.text().substr(i, span.end - i));
    const Span here{i, i + c.length};
    // A mask that begins or ends inside a character takes all of it.
    while (mask != masked.end() && mask->end <= i) ++mask;
    if (mask != masked.end() && mask->begin < here.end) {
      uint32_t end = here.end;
      while (end < mask->end) end += DecodeUtf8(source_.text().substr(end, span.end - end)).length;
      writer.PutMask({here.begin, end});
      i = end;
      continue;
    }
    writer.PutCharacter(c, source_.text().substr(i, c.length), here);
    i = here.end;
  }
  return std::move(writer).Finish(focus, max_width);
}

}  // namespace oakum
