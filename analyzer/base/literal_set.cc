#include "analyzer/base/literal_set.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

uint32_t ThreeBytes(const char* p) {
  const auto at = [p](int i) { return static_cast<uint32_t>(static_cast<unsigned char>(p[i])); };
  return at(0) | at(1) << 8 | at(2) << 16;
}

uint32_t FourBytes(const char* p) {
  return ThreeBytes(p) | static_cast<uint32_t>(static_cast<unsigned char>(p[3])) << 24;
}

// The three bytes that are rare in other text: the first that hold a character other than a letter
// or digit ("pi_" of "api_org_"), else the first.
size_t AnchorOf(std::string_view literal) {
  const auto symbol =
      std::find_if(literal.begin(), literal.end(), [](char c) { return !IsAlnum(c); });
  const auto at = static_cast<size_t>(symbol - literal.begin());
  return symbol == literal.end() || at < 2 ? 0 : at - 2;
}

}  // namespace

LiteralSet::LiteralSet(std::span<const std::string_view> literals) {
  for (size_t i = 0; i < literals.size(); ++i) {
    const size_t anchor = AnchorOf(literals[i]);
    by_first_[static_cast<unsigned char>(literals[i][anchor])].push_back({literals[i], anchor, i});
    const auto at = static_cast<ptrdiff_t>(anchor);
    Mark(literals[i], at);
    // Inside of the literal if it is long enough: two bytes that are known hit too often.
    Mark(literals[i], anchor + kAnchor < literals[i].size() ? at + 1 : at - 1);
  }
}

void LiteralSet::Mark(std::string_view literal, ptrdiff_t at) {
  const auto inside = [&](ptrdiff_t i) { return i >= 0 && i < std::ssize(literal); };
  std::array<char, kAnchor> bytes = {};
  ptrdiff_t any = -1;  // the one of the three that can be any byte
  for (ptrdiff_t i = 0; i < std::ssize(bytes); ++i) {
    if (inside(at + i)) {
      bytes[static_cast<size_t>(i)] = literal[static_cast<size_t>(at + i)];
    } else {
      any = i;
    }
  }
  for (int byte = 0; byte < (any < 0 ? 1 : 256); ++byte) {
    if (any >= 0) bytes[static_cast<size_t>(any)] = static_cast<char>(byte);
    anchors_.set(Hash(ThreeBytes(bytes.data())));
  }
}

size_t LiteralSet::Next(std::string_view text, size_t at) const {
  // Sixteen bytes a step without a branch between them: a hit is rare.
  constexpr size_t kStep = 16;
  for (; at + kStep + kAnchor <= text.size(); at += kStep) {
    const char* const p = text.data() + at;
    bool any = false;
    // Compilers make one load of four bytes, but not of three.
    for (size_t i = 0; i < kStep; i += 2) any |= anchors_[Hash(FourBytes(p + i) & 0xffffff)];
    if (any) break;
  }
  for (; at + kAnchor <= text.size(); at += 2) {
    if (anchors_[Hash(ThreeBytes(text.data() + at))]) return at;
  }
  // What is left is shorter than an anchor and the byte before it.
  return at < text.size() ? at : text.size();
}

}  // namespace oakum
