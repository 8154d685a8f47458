// OAK506, the part about uv: settings and files of pip's, of which uv reads none.
//
// Thread-safety: pure functions.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// PIP_INDEX_URL with a credential where uv alone installs, which reads nothing of pip's.
void CheckPipSettingsOfUv(const Rule& rule, const Project& project, const Document& document,
                          const Report& report);

// A pip.conf that an image mounts or copies for uv.
void CheckPipConfigOfUv(const Rule& rule, const Project& project, const Document& document,
                        const Report& report);

}  // namespace oakum
