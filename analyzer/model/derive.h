// From commands and settings to the URIs in them.
//
// Whoever lowers a Command or Setting hands it here, so the option tables (installers.h) are asked
// in one place, whatever wrote the command: a RUN, a script, a workflow, subprocess.run, a
// notebook. Appends to facts.uris; appends nothing when there is no URI.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/model/command.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/setting.h"

namespace oakum {

// Options, positional arguments, environment and here-documents of one command.
void DeriveFromCommand(const Command& command, Facts& facts);

// `NAME=value` in a script or before a command that runs at `host`.
void DeriveFromAssignment(const Assignment& assignment, CommandHost host, Facts& facts);

// A variable or key that a known tool reads as a URI (PIP_INDEX_URL, UV_INDEX, HTTPS_PROXY ...),
// and every other URI in a setting, with role kOther.
void DeriveFromSetting(const Setting& setting, Facts& facts);

// Derives from the setting, then keeps it in facts.settings.
void AddSetting(Setting setting, Facts& facts);

}  // namespace oakum
