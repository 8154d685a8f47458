#include "analyzer/base/anchor_filter.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace oakum {

namespace {

// Which bytes may stand at each place of a bucket's anchors: sets of low and of high nibbles.
struct Bucket {
  std::array<std::array<uint16_t, 2>, AnchorFilter::kAnchor> nibbles = {};

  Bucket With(const Bucket& other) const {
    Bucket both = *this;
    for (size_t i = 0; i < both.nibbles.size(); ++i) {
      for (size_t half = 0; half < 2; ++half) both.nibbles[i][half] |= other.nibbles[i][half];
    }
    return both;
  }

  // How many texts of three bytes suit it.
  uint64_t Count() const {
    uint64_t count = 1;
    for (const auto& at : nibbles) {
      count *= static_cast<uint64_t>(std::popcount(at[0]) * std::popcount(at[1]));
    }
    return count;
  }
};

Bucket BucketOf(std::string_view anchor) {
  Bucket bucket;
  for (size_t i = 0; i < AnchorFilter::kAnchor; ++i) {
    if (i >= anchor.size()) {
      bucket.nibbles[i] = {0xffff, 0xffff};
    } else {
      const auto byte = static_cast<unsigned char>(anchor[i]);
      bucket.nibbles[i] = {static_cast<uint16_t>(1u << (byte & 15)),
                           static_cast<uint16_t>(1u << (byte >> 4))};
    }
  }
  return bucket;
}

}  // namespace

AnchorFilter::AnchorFilter(std::vector<std::string_view> anchors) {
  std::sort(anchors.begin(), anchors.end());
  anchors.erase(std::unique(anchors.begin(), anchors.end()), anchors.end());
  std::array<Bucket, kBuckets> buckets;
  std::array<uint64_t, kBuckets> counts = {};
  for (std::string_view anchor : anchors) {
    // To the bucket that suits the fewest more texts with it.
    const Bucket alone = BucketOf(anchor);
    std::array<uint64_t, kBuckets> more = {};
    for (size_t i = 0; i < kBuckets; ++i) more[i] = buckets[i].With(alone).Count() - counts[i];
    const auto best =
        static_cast<size_t>(std::min_element(more.begin(), more.end()) - more.begin());
    buckets[best] = buckets[best].With(alone);
    counts[best] += more[best];
    AddHash(anchor);
  }
  for (size_t i = 0; i < kBuckets; ++i) {
    const auto bit = static_cast<uint8_t>(1u << i % 8);
    for (size_t at = 0; at < kAnchor; ++at) {
      for (size_t half = 0; half < 2; ++half) {
        for (unsigned nibble = 0; nibble < 16; ++nibble) {
          const bool has = (buckets[i].nibbles[at][half] >> nibble & 1) != 0;
          if (has) suits_[at][half][i / 8 * 16 + nibble] |= bit;
        }
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
