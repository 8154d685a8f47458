// --select and --ignore: words of the command line to rules.
//
// A word is a code (OAK201), a name (credential-file-in-layer) or a prefix of codes (OAK2), in any
// case. What is ignored is ignored even if it is selected too.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// Sorted by code. An empty `select` means all rules. Fails on a word that means no rule.
Result<std::vector<const Rule*>> SelectRules(const std::vector<std::string>& select,
                                             const std::vector<std::string>& ignore);

// The one rule called `word`; fails with the rule that was probably meant.
Result<const Rule*> RuleCalled(std::string_view word);

}  // namespace oakum
