#include "analyzer/base/anchor_filter.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace oakum {

AnchorFilter::AnchorFilter(std::vector<std::string_view> anchors) {
  // Neighbours share bytes, so a bucket of neighbours suits fewer places than one of strangers.
  std::sort(anchors.begin(), anchors.end());
  for (size_t i = 0; i < anchors.size(); ++i) {
    AddToBucket(anchors[i], i * kBuckets / anchors.size());
    std::array<char, kAnchor> bytes = {};
    std::copy_n(anchors[i].begin(), std::min(anchors[i].size(), kAnchor), bytes.begin());
    const bool any_third = anchors[i].size() < kAnchor;
    for (int third = 0; third < (any_third ? 256 : 1); ++third) {
      if (any_third) bytes[2] = static_cast<char>(third);
      hashes_.set(Hash(bytes.data()));
    }
  }
}

uint32_t AnchorFilter::Hash(const char* three_bytes) {
  const auto at = [three_bytes](int i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(three_bytes[i]));
  };
  return (at(0) | at(1) << 8 | at(2) << 16) * 0x9e3779b1u >> (32 - kBits);
}

void AnchorFilter::AddToBucket(std::string_view anchor, size_t bucket) {
  const auto bit = static_cast<uint8_t>(1u << bucket % 8);
  const size_t half = bucket / 8 * 16;
  for (size_t i = 0; i < kAnchor; ++i) {
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
      const bool any = i >= anchor.size();
      const unsigned byte = any ? 0 : static_cast<unsigned char>(anchor[i]);
      if (any || (byte & 15) == nibble) suits_[i][0][half + nibble] |= bit;
      if (any || byte >> 4 == nibble) suits_[i][1][half + nibble] |= bit;
    }
  }
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
  for (; at + kStep + kAnchor - 1 <= text.size(); at += kStep) {
    __m256i buckets = _mm256_set1_epi8(-1);
    for (size_t i = 0; i < kAnchor; ++i) {
      const auto* const here = reinterpret_cast<const __m128i*>(text.data() + at + i);
      // The same sixteen bytes in both halves: one for each eight buckets.
      const __m256i bytes = _mm256_broadcastsi128_si256(_mm_loadu_si128(here));
      const auto* const tables = reinterpret_cast<const __m256i*>(suits_[i].data());
      const __m256i low = _mm256_and_si256(bytes, low_nibble);
      const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_nibble);
      buckets = _mm256_and_si256(buckets, _mm256_and_si256(_mm256_shuffle_epi8(tables[0], low),
                                                           _mm256_shuffle_epi8(tables[1], high)));
    }
    const __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    const auto suited = ~static_cast<uint32_t>(_mm256_movemask_epi8(none));
    for (uint32_t places = (suited | suited >> 16) & 0xffff; places != 0; places &= places - 1) {
      const size_t place = at + static_cast<size_t>(__builtin_ctz(places));
      if (MayBegin(text, place)) return place;
    }
  }
  return NextByHash(text, at);
}
#endif

}  // namespace oakum
