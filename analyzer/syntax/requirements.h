// pip's requirements files: options and requirements, one logical line at a time.
//
// Follows pip's _internal/req/req_file.py and constructors.py: a backslash joins lines, ` #` starts
// a comment, `${UPPER}` is filled in by pip (deferred; everything else that looks like a variable
// is text), words before the first option are the requirement, options are read by optparse after
// shlex (any unambiguous beginning of a long name, `-iURL`, `--flag=value`, `--flag value`, several
// a line). A requirement is `name`, `name @ URL`, a bare URL or VCS URL, or a path; markers after
// `;` and per-requirement options are taken off. Entries of a Ray runtime_env's `pip` list and of
// PEP 621 dependencies have the same grammar: hand one over as the whole text.
//
// All spans are bytes of the source. Linear; never fails.
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

struct RequirementsItem {
  // The option's full name ("--index-url", "--hash"); empty for a requirement.
  std::string option;
  // An option's argument without quotes, or the requirement without marker and options.
  Value value;
  // What a requirement line or -e names, as far as it says so.
  std::string name;  // "torch", also from #egg=
  Value url;         // with its fragment; empty if there is none
  std::string vcs;   // "git" for git+https
  Span span;         // option and argument, or the requirement

  bool is_option() const { return !option.empty(); }
};

std::vector<RequirementsItem> ParseRequirements(const Value& text);

// One requirement specifier (PEP 508 or a URL) on its own: no comments, continuations or options.
RequirementsItem ParseRequirement(const Value& specifier);

}  // namespace oakum
