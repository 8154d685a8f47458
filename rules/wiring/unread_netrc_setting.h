// OAK506, the part about settings: names that pip and uv do not know.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// PIP_NETRC, UV_NETRC, `netrc = ...` in pip.conf and their like.
void CheckUnreadNetrcSettings(const Rule& rule, const Document& document, const Report& report);

}  // namespace oakum
