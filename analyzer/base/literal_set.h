// Finds any of many fixed strings in one pass over a text.
//
// Every literal is looked for by three of its bytes, its anchor (anchor_filter.h), and compared
// only where one stands. Meant for some hundred literals of which a text holds few.
//
// Thread-safety: immutable after construction.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/base/anchor_filter.h"

namespace oakum {

class LiteralSet {
 public:
  // REQUIRES: each literal has at least 2 bytes and outlives the set. Equal ones may be repeated.
  explicit LiteralSet(std::span<const std::string_view> literals);

  // Calls visit(index, begin) for every occurrence, in the order of their anchors and at one place
  // in the order of the literals, until it returns false. Occurrences may overlap.
  template <typename Visit>
  void Each(std::string_view text, Visit visit) const {
    for (size_t at = filter_.Next(text, 0); at < text.size(); at = filter_.Next(text, at + 1)) {
      for (const Entry& entry : by_first_[static_cast<unsigned char>(text[at])]) {
        // One more byte first: most places fail here, before anything is called.
        if (at < entry.anchor || at + 1 == text.size()) continue;
        if (text[at + 1] != entry.literal[entry.anchor + 1]) continue;
        const size_t begin = at - entry.anchor;
        if (text.substr(begin, entry.literal.size()) != entry.literal) continue;
        if (!visit(entry.index, begin)) return;
      }
    }
  }

 private:
  struct Entry {
    std::string_view literal;
    size_t anchor = 0;  // where in the literal the three bytes stand that the pass looks for
    size_t index = 0;
  };

  AnchorFilter filter_;
  std::array<std::vector<Entry>, 256> by_first_;  // by the first byte of the anchor
};

}  // namespace oakum
