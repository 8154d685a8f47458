#include "analyzer/engine/snippet.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/base/utf8.h"
#include "analyzer/credential/redact.h"
#include "analyzer/engine/repeat_finder.h"

namespace oakum {

namespace {

constexpr uint32_t kTabWidth = 4;
constexpr std::string_view kCut = "...";
constexpr uint32_t kLongLine = 4096;  // bytes
constexpr uint32_t kReach = 8;        // bytes before and cells behind the focus, a column of width

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

// Where the character begins that has a byte at `offset`, and where it ends; `offset` itself if one
// begins there.
uint32_t CharacterBegin(std::string_view text, uint32_t offset) {
  for (uint32_t back = 1; back < 4 && back <= offset; ++back) {
    const uint32_t begin = offset - back;
    if (begin + DecodeUtf8(text.substr(begin)).length > offset) return begin;
  }
  return offset;
}

uint32_t CharacterEnd(std::string_view text, uint32_t offset) {
  const uint32_t begin = CharacterBegin(text, offset);
  return begin == offset ? offset : begin + DecodeUtf8(text.substr(begin)).length;
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
  const std::string_view text = source.text();
  std::vector<Span> masked = SensitiveRanges(text);
  masked.insert(masked.end(), secrets.begin(), secrets.end());
  RepeatFinder repeats;
  for (Span secret : secrets) repeats.Add(text.substr(secret.begin, secret.size()));
  repeats.FindIn(text, masked);
  masked_ = Merge(std::move(masked));
}

ShownLine SnippetSource::Line(uint32_t line, Span focus, uint32_t max_width) const {
  const Span span = lines_.LineSpan(line);
  const std::string_view text = source_.text();
  const uint32_t at = std::clamp(focus.begin, span.begin, span.end);
  uint32_t i = span.begin;
  // Of a long line only what is near the focus is put together: it may have a thousand findings.
  const bool part = max_width > 0 && span.size() > kLongLine;
  const uint32_t reach = kReach * max_width;
  LineWriter writer;
  if (part && at - span.begin > reach) i = CharacterBegin(text, at - reach);
  auto mask = std::partition_point(masked_.begin(), masked_.end(),
                                   [i](Span masked) { return masked.end <= i; });
  if (mask != masked_.end() && mask->begin < i) i = std::max(mask->begin, span.begin);
  if (i > span.begin) writer.Put(kCut, static_cast<uint32_t>(kCut.size()), {span.begin, i});
  size_t behind = 0;  // cells that begin behind `at`
  while (i < span.end) {
    if (part && i > at && ++behind > reach) {
      writer.Put(kCut, static_cast<uint32_t>(kCut.size()), {i, span.end});
      break;
    }
    const Utf8Character c = DecodeUtf8(text.substr(i, span.end - i));
    const Span here{i, i + c.length};
    // A mask that begins or ends inside a character takes all of it.
    while (mask != masked_.end() && mask->end <= i) ++mask;
    if (mask != masked_.end() && mask->begin < here.end) {
      const uint32_t end = std::min(mask->end, span.end);
      i = std::max(here.end, CharacterEnd(text.substr(0, span.end), end));
      writer.PutMask({here.begin, i});
      continue;
    }
    writer.PutCharacter(c, text.substr(i, c.length), here);
    i = here.end;
  }
  return std::move(writer).Finish(focus, max_width);
}

}  // namespace oakum
