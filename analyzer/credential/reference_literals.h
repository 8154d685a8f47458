// The literal texts inside a reference that stands where a secret belongs.
//
//   ${TOKEN:-fallback}   ${{ secrets.A || 'fallback' }}   $(echo text | base64)   {decrypt('text')}
//
// What a reference names may be shown; what it falls back to or is computed from may be the secret.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// Of one reference, as byte ranges of it, in order: quoted texts that are no subscript, fallbacks
// of shell variables, words that a command prints.
std::vector<Span> LiteralsInReference(std::string_view reference);

// A hole as a message shows it: ${NAME}, $(command ...), ${{ secrets.NAME }}; literals left out.
std::string ShownHole(const Hole& hole);

}  // namespace oakum
