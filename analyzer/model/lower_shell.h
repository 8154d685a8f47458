// Shell text to facts: its commands with wrappers taken off, its assignments as settings.
//
// Whoever holds a script calls LowerShellText: RUN bodies, workflow steps, YAML command strings,
// os.system, notebook lines. Variables that the script itself assigned a literal earlier, outside
// any branch or loop, are filled in, so that X=https://u:p@h; pip install -i "$X" is one URI whose
// parts keep their own spans. Each command and setting is handed to derive.h.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"
#include "analyzer/model/facts.h"

namespace oakum {

// A script, as a whole or embedded. `script` is its logical text, with holes for whatever another
// language fills in first.
void LowerShellText(const Value& script, CommandHost host, Facts& facts);

// A command given as a list (JSON exec form, Kubernetes `command:` + `args:`, subprocess with a
// list): no shell reads it, so a `$X` in it is text, but `["sh", "-c", "..."]` is a script. `span`
// covers it.
void LowerArgv(std::vector<Value> argv, Span span, CommandHost host, Facts& facts);

// A script file: host kScript.
void LowerShellScript(const Source& source, Facts& facts);

}  // namespace oakum
