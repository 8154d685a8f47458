#include "analyzer/base/anchor_filter.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace oakum {

namespace {

// The nibbles that an anchor, or a bucket of them, has as low and high ones of each of its bytes.
struct Nibbles {
  std::array<uint16_t, 2 * AnchorFilter::kAnchor> sets = {};
  std::array<uint8_t, 2 * AnchorFilter::kAnchor> counts = {};

  void Add(const Nibbles& other) {
    for (size_t i = 0; i < sets.size(); ++i) {
      counts[i] = CountWith(other, i);
      sets[i] |= other.sets[i];
    }
  }

  // How many texts suit it, and would with another anchor in it.
  uint64_t Texts() const { return TextsWith({}); }
  uint64_t TextsWith(const Nibbles& anchor) const {
    uint64_t texts = 1;
    for (size_t i = 0; i < sets.size(); ++i) texts *= CountWith(anchor, i);
    return texts;
  }

 private:
  // An anchor has one nibble at each place, or all of them.
  uint8_t CountWith(const Nibbles& anchor, size_t i) const {
    if (anchor.counts[i] > 1) return anchor.counts[i];
    return static_cast<uint8_t>(counts[i] + ((anchor.sets[i] & ~sets[i]) != 0 ? 1 : 0));
  }
};

Nibbles NibblesOf(std::string_view anchor) {
  Nibbles nibbles;
  for (size_t i = 0; i < nibbles.sets.size(); ++i) {
    const bool any = i / 2 >= anchor.size();
    const unsigned byte = any ? 0 : static_cast<unsigned char>(anchor[i / 2]);
    const unsigned nibble = i % 2 == 0 ? byte & 15 : byte >> 4;
    nibbles.sets[i] = static_cast<uint16_t>(any ? 0xffff : 1u << nibble);
    nibbles.counts[i] = any ? 16 : 1;
  }
  return nibbles;
}

}  // namespace

AnchorFilter::AnchorFilter(std::vector<std::string_view> anchors) {
  std::sort(anchors.begin(), anchors.end());
  anchors.erase(std::unique(anchors.begin(), anchors.end()), anchors.end());
  std::array<Nibbles, kBuckets> buckets;
  for (std::string_view anchor : anchors) {
    // To the bucket that suits the fewest more texts with it.
    const Nibbles nibbles = NibblesOf(anchor);
    std::array<uint64_t, kBuckets> more = {};
    for (size_t i = 0; i < kBuckets; ++i) {
      more[i] = buckets[i].TextsWith(nibbles) - buckets[i].Texts();
    }
    buckets[static_cast<size_t>(std::min_element(more.begin(), more.end()) - more.begin())].Add(
        nibbles);
    AddHash(anchor);
  }
  for (size_t i = 0; i < kBuckets; ++i) {
    const auto bit = static_cast<uint8_t>(1u << i % 8);
    for (size_t place = 0; place < 2 * kAnchor; ++place) {
      for (unsigned nibble = 0; nibble < 16; ++nibble) {
        const bool has = (buckets[i].sets[place] >> nibble & 1) != 0;
        if (has) suits_[place / 2][place % 2][i / 8 * 16 + nibble] |= bit;
      }
    }
  }
}

void AnchorFilter::AddHash(std::string_view anchor) {
  std::array<char, kAnchor> bytes = {};
  std::copy_n(anchor.begin(), std::min(anchor.size(), kAnchor), bytes.begin());
  const bool any_third = anchor.size() < kAnchor;
  for (int third = 0; third < (any_third ? 256 : 1); ++third) {
    if (any_third) bytes[2] = static_cast<char>(third);
    hashes_.set(Hash(bytes.data()));
  }
}

uint32_t AnchorFilter::Hash(const char* three_bytes) {
  const auto at = [three_bytes](int i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(three_bytes[i]));
  };
  return (at(0) | at(1) << 8 | at(2) << 16) * 0x9e3779b1u >> (32 - kBits);
}

size_t AnchorFilter::Next(std::string_view text, size_t at) const {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return NextByTeddy(text, at);
#endif
  return NextByHash(text, at);
}

size_t AnchorFilter::NextByHash(std::string_view text, size_t at) const {
  for (; at + kAnchor <= text.size(); ++at) {
    if (MayBegin(text, at)) return at;
  }
  return std::min(at, text.size());
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) size_t AnchorFilter::NextByTeddy(std::string_view text,
                                                                 size_t at) const {
  constexpr size_t kStep = 16;
  const __m256i low_nibble = _mm256_set1_epi8(0x0f);
  // Which buckets the sixteen bytes before suit as first and as second byte.
  __m256i first_before = _mm256_setzero_si256();
  __m256i second_before = _mm256_setzero_si256();
  size_t block = at;
  for (; block + kStep <= text.size(); block += kStep) {
    // The same sixteen bytes in both halves: one for each eight buckets.
    const auto* const here = reinterpret_cast<const __m128i*>(text.data() + block);
    const __m256i bytes = _mm256_broadcastsi128_si256(_mm_loadu_si128(here));
    const __m256i low = _mm256_and_si256(bytes, low_nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_nibble);
    const auto suit = [&](size_t i) __attribute__((target("avx2"))) {
      const auto* const tables = reinterpret_cast<const __m256i*>(suits_[i].data());
      return _mm256_and_si256(_mm256_shuffle_epi8(tables[0], low),
                              _mm256_shuffle_epi8(tables[1], high));
    };
    const __m256i first = suit(0);
    const __m256i second = suit(1);
    // By the third byte: the place is two before it.
    const __m256i buckets =
        _mm256_and_si256(suit(2), _mm256_and_si256(_mm256_alignr_epi8(second, second_before, 15),
                                                   _mm256_alignr_epi8(first, first_before, 14)));
    first_before = first;
    second_before = second;
    if (_mm256_testz_si256(buckets, buckets) != 0) continue;
    const __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    const auto suited = ~static_cast<uint32_t>(_mm256_movemask_epi8(none));
    for (uint32_t places = (suited | suited >> 16) & 0xffff; places != 0; places &= places - 1) {
      const size_t place = block + static_cast<size_t>(__builtin_ctz(places)) - 2;
      if (MayBegin(text, place)) return place;
    }
  }
  return NextByHash(text, block == at ? at : block - 2);
}
#endif

}  // namespace oakum
