// A rule: constant metadata and one or two functions that ask the model.
//
// CheckDocument sees one file; CheckProject sees all of them together and runs once. A rule never
// parses, walks files or computes a line. Rules are listed in rules/registry.h; nothing registers
// itself.
//
// Thread-safety: checks run on several threads at once and keep no state.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "analyzer/engine/finding.h"

namespace oakum {

class Document;
class Project;
class ReportedSecrets;

// Takes findings as they are made.
using Report = std::function<void(Finding)>;

struct Rule {
  std::string_view code;     // "OAK101": opaque and stable
  std::string_view name;     // "runtime-env-uri-credential": reads as "allow NAME"
  Severity severity;         // the usual one; a finding may have another
  std::string_view summary;  // one sentence with a period
  void (*check_document)(const Rule&, const Project&, const Document&, const Report&) = nullptr;
  void (*check_project)(const Rule&, const Project&, const Report&) = nullptr;
  // Runs when all checks above are done and sees which secrets of the document they reported;
  // findings of fallback rules count for the ones after them, in order of the rules.
  void (*check_fallback)(const Rule&, const Document&, const ReportedSecrets&,
                         const Report&) = nullptr;
};

}  // namespace oakum
