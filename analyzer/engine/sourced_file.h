// What a variable is in the files that a shell script sources: `. ./env.sh`, `source
// config/env.sh`.
//
// The file is looked for from the script's folder and from the root, by the literal end of its
// path: `"$(dirname "$0")/env.sh"` is env.sh beside the script.
//
// Thread-safety: pure functions of an immutable Project, which must outlive the result.
#pragma once

#include <string_view>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/setting.h"

namespace oakum {

struct SourcedSetting {
  const Document* document = nullptr;
  const Setting* setting = nullptr;  // null if no sourced file of the tree sets the variable
};

SourcedSetting FindSourced(const Project& project, const Document& script, std::string_view name);

}  // namespace oakum
