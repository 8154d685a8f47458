// What the texts of a report may show.
//
// Rules name hosts, files, variables and registries, and any of them may hold a secret where its
// author put a whole URL ("machine https://user:password@host") or named a file after a token. So
// every text of a report passes through here once, whatever rule wrote it and whatever format shows
// it.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/engine/finding.h"

namespace oakum {

// A path of the tree as reports show it: known tokens and logins in its names are replaced. Such a
// path can not be opened; a leaked token would be worse.
std::string ShownPath(std::string_view path);

// Takes the secrets out of the texts of a finding: those of URIs, known tokens, and what its own
// `secrets` underline.
void HideSecrets(Finding& finding);

}  // namespace oakum
