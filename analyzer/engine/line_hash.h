// GitHub code scanning's `primaryLocationLineHash`, by which it follows an alert from commit to
// commit.
//
// Behaviour as in github/codeql-action (src/fingerprints.ts), checked against its vectors: for
// every line, a polynomial hash with base 37 modulo 2^64 over the 100 UTF-16 code units from the
// line's start on. Spaces and tabs are left out; CR and CRLF count as LF; the end of the file is
// one unit 65535 and then zeros. A byte-order mark counts.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// One a line, the first line first: the hash in hexadecimal without padding, ':' and how many lines
// so far have had it. At least one. Linear in the text.
std::vector<std::string> LineHashes(std::string_view text);

}  // namespace oakum
