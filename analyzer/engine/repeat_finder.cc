#include "analyzer/engine/repeat_finder.h"

#include <algorithm>
#include <cstring>

namespace oakum {

namespace {

constexpr size_t kFilterBits = 16;

// Of the first kShortest bytes.
size_t FilterSlot(const char* bytes) {
  uint64_t key = 0;
  std::memcpy(&key, bytes, RepeatFinder::kShortest);
  return static_cast<size_t>((key * 0x9e3779b97f4a7c15u) >> (64 - kFilterBits));
}

}  // namespace

void RepeatFinder::Add(std::string_view text) {
  if (text.size() >= kShortest) texts_.push_back({text.substr(0, kLongest), text.size(), 0});
}

// Of texts with one head the longest is kept. A text's prefixes come before it.
void RepeatFinder::Sort() {
  std::sort(texts_.begin(), texts_.end(), [](const Text& a, const Text& b) {
    return a.head != b.head ? a.head < b.head : a.size > b.size;
  });
  const auto same = [](const Text& a, const Text& b) { return a.head == b.head; };
  texts_.erase(std::unique(texts_.begin(), texts_.end(), same), texts_.end());
  for (size_t i = 1; i < texts_.size(); ++i) {
    size_t before = i;
    while (before > 0 && !texts_[i].head.starts_with(texts_[before - 1].head)) {
      before = texts_[before - 1].shorter;
    }
    texts_[i].shorter = before;
  }
}

void RepeatFinder::FindIn(std::string_view text, std::vector<Span>& matches) {
  if (texts_.empty()) return;
  Sort();
  std::vector<bool> filter(size_t{1} << kFilterBits);
  for (const Text& known : texts_) filter[FilterSlot(known.head.data())] = true;
  for (size_t at = 0; at + kShortest <= text.size(); ++at) {
    if (!filter[FilterSlot(text.data() + at)]) continue;
    const std::string_view here = text.substr(at, kLongest);
    // The longest text that `here` begins with is the last one not after it, or a prefix of that.
    const auto after = std::upper_bound(
        texts_.begin(), texts_.end(), here,
        [](std::string_view piece, const Text& known) { return piece < known.head; });
    size_t found = static_cast<size_t>(after - texts_.begin());
    while (found > 0 && !here.starts_with(texts_[found - 1].head)) {
      found = texts_[found - 1].shorter;
    }
    if (found == 0) continue;
    const size_t end = std::min(at + texts_[found - 1].size, text.size());
    matches.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
  }
}

}  // namespace oakum
