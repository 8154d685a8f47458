// Texts that something writes to a file: read as what reads the file will read them.
//
// The heredoc of a COPY, `cat <<EOF > requirements.txt` of a script, Path("pip.conf").write_text()
// of a program: where the path says what the file is, its URIs are indexes, requirements and
// remotes, as in a file of the tree; elsewhere they are URIs of no known use.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"

namespace oakum {

// Appends the URIs of a text that goes to `path`. Settings are not: no key of it is kept in the
// tree.
void LowerWrittenText(std::string_view path, const Value& text, UriSink sink, Facts& facts);

// The requirements files that facts.commands write: what their URIs are for. Runs once, after
// everything else is lowered.
void CollectWrittenRequirements(Facts& facts);

// The names, without folders, of the files that a command of facts.commands has pip read as lists
// of requirements, whatever they are called.
std::set<std::string, std::less<>> RequirementFileNames(const Facts& facts);

}  // namespace oakum
