#include "analyzer/engine/fingerprint.h"

#include <cstdint>
#include <map>

#include <fmt/format.h>

#include "analyzer/base/siphash.h"
#include "analyzer/engine/rule.h"

namespace oakum {

namespace {

std::string_view TextAt(const Location& location) {
  const std::string_view text = location.source->text();
  return text.substr(location.span.begin, location.span.size());
}

// Sixteen bits of what stands at these places.
uint16_t DigestOf(const Finding& finding, const SipKey& key) {
  std::string places(TextAt(finding.where));
  for (const Location& secret : finding.secrets) {
    places += '\0';
    places += TextAt(secret);
  }
  return static_cast<uint16_t>(SipHash(key, places));
}

}  // namespace

std::vector<std::string> Fingerprints(std::span<const Finding> findings, std::string_view key) {
  const SipKey sip_key = SipKeyOf(key);
  std::vector<std::string> fingerprints;
  std::map<uint64_t, int> seen;
  for (const Finding& finding : findings) {
    std::string identity(finding.rule->code);
    identity += '\0';
    identity += finding.where.source->path();
    identity += '\0';
    identity += finding.anchor;
    identity += fmt::format("{}{:04x}", '\0', DigestOf(finding, sip_key));
    const uint64_t hash = SipHash(sip_key, identity);
    fingerprints.push_back(fmt::format("{:016x}:{}", hash, ++seen[hash]));
  }
  return fingerprints;
}

}  // namespace oakum
