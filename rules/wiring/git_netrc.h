// OAK506, the part about git: a NETRC for a repository that git fetches.
//
// git hands its netrc to libcurl, which has read NETRC only since 8.16; any older one looks at
// ~/.netrc (ray.md 3.2).
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

void CheckGitNetrc(const Rule& rule, const Project& project, const Document& document,
                   const Report& report);

}  // namespace oakum
