// Which scripts of the tree commands run.
//
// By their paths: as the root of the tree has them, or the folder of the file that runs them.
//
// Thread-safety: pure functions of an immutable Project.
#pragma once

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/command.h"

namespace oakum {

// The shell script that a command of `document` runs, or null.
const Document* ScriptOf(const Project& project, const Document& document, const Command& command);

// Whether a step of a CI job runs the script where the job begins: in the checkout.
bool RunsInCheckout(const Project& project, const Document& script);

}  // namespace oakum
