#include "analyzer/base/literal_set.h"

#include <algorithm>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

// The three bytes that are rare in other text: the first that hold a character other than a letter
// or digit ("pi_" of "api_org_"), else the first.
size_t AnchorOf(std::string_view literal) {
  const auto symbol =
      std::find_if(literal.begin(), literal.end(), [](char c) { return !IsAlnum(c); });
  const auto at = static_cast<size_t>(symbol - literal.begin());
  return symbol == literal.end() || at < 2 ? 0 : at - 2;
}

std::vector<std::string_view> AnchorsOf(std::span<const std::string_view> literals) {
  std::vector<std::string_view> anchors;
  for (std::string_view literal : literals) {
    anchors.push_back(literal.substr(AnchorOf(literal), AnchorFilter::kAnchor));
  }
  return anchors;
}

}  // namespace

LiteralSet::LiteralSet(std::span<const std::string_view> literals) : filter_(AnchorsOf(literals)) {
  for (size_t i = 0; i < literals.size(); ++i) {
    const size_t anchor = AnchorOf(literals[i]);
    by_first_[static_cast<unsigned char>(literals[i][anchor])].push_back({literals[i], anchor, i});
  }
}

}  // namespace oakum
