// The TOML that a Python script carries in comments for the tool that runs it (PEP 723):
//
//   # /// script
//   # dependencies = ["requests"]
//   # ///
//
// uv run, pipx run, hatch run and pdm run read it. The block is found as the PEP's reference
// implementation does: its lines are `#` alone or begin with `# `, and the last `# ///` before a
// line of another kind ends it.
//
// Thread-safety: pure function.
#pragma once

#include "analyzer/base/value.h"

namespace oakum {

// The TOML text of the first `script` block, each byte where it stands in `code`; empty if there is
// none.
Value ScriptMetadata(const Value& code);

}  // namespace oakum
