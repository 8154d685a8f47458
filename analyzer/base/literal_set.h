// Finds any of many fixed strings in one pass over a text.
//
// Three bytes of every literal, its anchor, are hashed into a bit set, and so are the three bytes
// one place off: the pass then looks at every second place only. It costs a multiplication and a
// test for two bytes whatever the number of literals, and comparisons where a bit is set. Meant for
// some hundred literals of which a text holds few.
//
// Thread-safety: immutable after construction.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace oakum {

class LiteralSet {
 public:
  // REQUIRES: each literal has at least 2 bytes and outlives the set. Equal ones may be repeated.
  explicit LiteralSet(std::span<const std::string_view> literals);

  // Calls visit(index, begin) for every occurrence, in the order of their anchors and at one place
  // in the order of the literals, until it returns false. Occurrences may overlap.
  template <typename Visit>
  void Each(std::string_view text, Visit visit) const {
    size_t seen = 0;  // anchors before this place have been looked for
    for (size_t at = Next(text, 0); at < text.size(); at = Next(text, at + 2)) {
      for (size_t place = std::max(seen, at - std::min<size_t>(at, 1));
           place < std::min(at + 2, text.size()); ++place) {
        for (const Entry& entry : by_first_[static_cast<unsigned char>(text[place])]) {
          // One more byte first: most places fail here, before anything is called.
          if (place < entry.anchor || place + 1 == text.size()) continue;
          if (text[place + 1] != entry.literal[entry.anchor + 1]) continue;
          const size_t begin = place - entry.anchor;
          if (text.substr(begin, entry.literal.size()) != entry.literal) continue;
          if (!visit(entry.index, begin)) return;
        }
      }
      seen = at + 2;
    }
  }

 private:
  static constexpr size_t kAnchor = 3;  // bytes
  static constexpr uint32_t kBits = 16;

  struct Entry {
    std::string_view literal;
    size_t anchor = 0;  // where in the literal the three bytes stand that the pass looks for
    size_t index = 0;
  };

  static uint32_t Hash(uint32_t three_bytes) { return three_bytes * 0x9e3779b1u >> (32 - kBits); }
  // The first place of `at`, `at` + 2 and so on where an anchor may begin, or next to it; the end
  // of the text if there is none.
  size_t Next(std::string_view text, size_t at) const;
  // Marks the three bytes that `literal` shows from `at` on; -1 is the byte before it. Bytes
  // outside of it can be any.
  void Mark(std::string_view literal, ptrdiff_t at);

  std::bitset<size_t{1} << kBits> anchors_;
  std::array<std::vector<Entry>, 256> by_first_;  // by the first byte of the anchor
};

}  // namespace oakum
