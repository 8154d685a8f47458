#include "analyzer/base/siphash.h"

#include <bit>
#include <cstddef>

namespace oakum {

namespace {

uint64_t LoadLittleEndian(std::string_view bytes) {
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    word |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

struct State {
  uint64_t v0, v1, v2, v3;

  void Rounds(int count) {
    while (count-- > 0) {
      v0 += v1;
      v2 += v3;
      v1 = std::rotl(v1, 13) ^ v0;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 = std::rotl(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = std::rotl(v1, 17) ^ v2;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 = std::rotl(v2, 32);
    }
  }

  void Absorb(uint64_t word) {
    v3 ^= word;
    Rounds(2);
    v0 ^= word;
  }
};

}  // namespace

SipKey SipKeyOf(std::string_view text) {
  if (text.size() == 16)
    return {LoadLittleEndian(text.substr(0, 8)), LoadLittleEndian(text.substr(8))};
  return {SipHash({0, 0}, text), SipHash({0, 1}, text)};
}

uint64_t SipHash(const SipKey& key, std::string_view data) {
  State state{0x736f6d6570736575 ^ key.k0, 0x646f72616e646f6d ^ key.k1, 0x6c7967656e657261 ^ key.k0,
              0x7465646279746573 ^ key.k1};
  const uint64_t length = data.size();
  for (; data.size() >= 8; data.remove_prefix(8)) state.Absorb(LoadLittleEndian(data.substr(0, 8)));
  state.Absorb(LoadLittleEndian(data) | length << 56);
  state.v2 ^= 0xff;
  state.Rounds(4);
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace oakum
