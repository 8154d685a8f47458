// What can be found in a file without understanding it: vendor tokens, and URIs that carry a
// literal credential.
//
// Runs over the raw text of every document after its front end, so broken syntax, an unknown
// language or a comment can cost structure but never hide a token. Text alone cannot tell what a
// language fills in: a URI whose credential is a reference of any style is left to the front ends.
//
// An AWS access key ID beside its secret key gives one token, the secret key.
//
// One pass over the bytes looks for the beginnings of tokens, one for "://"; only what follows
// those is read more closely, so the cost is that of a literal search.
//
// Thread-safety: a pure function of its arguments.
#pragma once

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {

// Fills facts.tokens, and appends to facts.uris (role kOther, sink kFile) each URI with a literal
// credential that no use in it covers already. A file of an unknown language has tokens only.
void ScanText(const Source& source, Language language, Facts& facts);

}  // namespace oakum
