// tox.ini (and its sections in setup.cfg), tox.toml: environments whose requirements pip installs,
// whose variables it sees, and whose commands tox starts without a shell.
//
// tox fills in `{env:NAME}`, `{env:NAME:default}`, `{posargs}` and references to other keys; a
// dollar sign means nothing to it (tox configuration reference, "Substitutions").
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/model/facts.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/ini.h"

namespace oakum {

// Whether a key of such a section is one of these; then its facts are added.
bool LowerToxKey(const IniEntry& entry, Facts& facts);

// The same of tox.toml and of `tool.tox` in pyproject.toml, whose commands are lists of words.
void LowerToxToml(const DataTree& tree, Facts& facts);

}  // namespace oakum
