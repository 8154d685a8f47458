// Where in a text one of some hundred anchors may begin: the two or three bytes by which a
// LiteralSet finds its literals.
//
// On x86-64 with AVX2 the filter looks at sixteen places at a time, by the Teddy algorithm (the
// string searcher of Hyperscan, and of Rust's aho-corasick): the anchors are dealt to sixteen
// buckets, like ones to one, six tables of nibbles say which buckets a byte suits as an anchor's
// first, second or third, and a place that suits a bucket thrice is a candidate. An exact set of
// three-byte hashes decides. Elsewhere every place is asked of that set.
//
// Thread-safety: immutable after construction.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oakum {

class AnchorFilter {
 public:
  static constexpr size_t kAnchor = 3;  // bytes

  // REQUIRES: each anchor has 2 or 3 bytes. The third byte of one of 2 can be any.
  explicit AnchorFilter(std::vector<std::string_view> anchors);

  // The first place from `at` on where an anchor stands, or very rarely where none does; the end of
  // the text if there is none. The last two places of a text are always given.
  size_t Next(std::string_view text, size_t at) const;

 private:
  static constexpr uint32_t kBits = 16;
  static constexpr size_t kBuckets = 16;

  static uint32_t Hash(const char* three_bytes);
  void AddHash(std::string_view anchor);
  bool MayBegin(std::string_view text, size_t at) const { return hashes_[Hash(text.data() + at)]; }
  size_t NextByHash(std::string_view text, size_t at) const;
  size_t NextByTeddy(std::string_view text, size_t at) const;

  std::bitset<size_t{1} << kBits> hashes_;
  // By byte of the anchor, then by its low or high nibble: the buckets 0 to 7 that it suits as bits
  // of sixteen bytes, then the buckets 8 to 15.
  alignas(32) std::array<std::array<std::array<uint8_t, 32>, 2>, kAnchor> suits_ = {};
};

}  // namespace oakum
