// What a finding is, whatever line it is on: the identity that code scanning, baselines and
// suppressions follow from one run to the next.
//
// A fingerprint is made of the rule, the path, the structural anchor and a digest of what is
// underlined and of the secrets; no line, no column. It stays the same when lines are added above,
// and changes when the secret is replaced by another one: an ignored finding does not hide its
// successor.
//
// Fingerprints are stored where many can read them. The digest is keyed, and only 16 bits of it go
// in: enough to notice that a secret has changed, far too few to confirm a guessed password among
// the many that agree with it.
//
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/finding.h"

namespace oakum {

// Used where nobody has set a key of their own.
inline constexpr std::string_view kDefaultFingerprintKey = "oakum fingerprint";

// One a finding, in order: 16 hexadecimal digits, ':' and how many findings so far have them.
std::vector<std::string> Fingerprints(std::span<const Finding> findings, std::string_view key);

}  // namespace oakum
