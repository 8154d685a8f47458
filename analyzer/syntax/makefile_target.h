// In which order make runs the recipes of a file, and the automatic variables that they have by
// their rule: `$@` is the target, `$*` what the `%` of a pattern stands for (GNU make manual, "How
// Make Works", "Automatic Variables", "How Patterns Match").
//
// Where it is not known which goal somebody asks for, every rule is taken in the order of the file,
// each behind the rules of its prerequisites. A pattern's targets are not written down: they are
// the prerequisites of that form.
//
// Time is linear but for patterns, of which few are tried. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

struct MakeRule {
  std::vector<Value> targets;
  std::vector<Value> prerequisites;
  std::vector<Value> scripts;  // that its recipe is, references as holes
};

// The words of a list of files.
std::vector<Value> MakeWords(const Value& list);

// The scripts of all rules as make would run them, `$@` and `$*` filled in where they are known.
// Each rule's once, a pattern's once for each file.
std::vector<Value> ScriptsInOrder(const std::vector<MakeRule>& rules);

// The same for `make GOAL...`; without a goal it is the file's first.
std::vector<Value> ScriptsOfGoals(const std::vector<MakeRule>& rules,
                                  const std::vector<std::string>& goals);

}  // namespace oakum
