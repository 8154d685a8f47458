// SipHash-2-4, a keyed hash (Aumasson and Bernstein, 2012).
//
// oakum stores digests of secrets in fingerprints and baselines, which are committed. A plain hash
// of a weak password can be looked up; a keyed one cannot be recomputed without the key.
//
// Thread-safety: a pure function.
#pragma once

#include <cstdint>
#include <string_view>

namespace oakum {

struct SipKey {
  uint64_t k0 = 0;  // bytes 0 to 7 of the key, little-endian
  uint64_t k1 = 0;  // bytes 8 to 15
};

// The key for a text of any length: 16 bytes are taken as they are, others are condensed.
SipKey SipKeyOf(std::string_view text);

uint64_t SipHash(const SipKey& key, std::string_view data);

}  // namespace oakum
