// What a script's functions get from their calls, and hand on: `fetch models` makes `$1` of fetch()
// the word `models`.
//
// A function may be called from anywhere in its script, also before it is called in the order of
// the text, so all calls are looked at together, and a parameter is known only as far as they
// agree.
//
// Thread-safety: immutable after construction. The script must outlive it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzer/syntax/shell.h"

namespace oakum {

class ShellCalls {
 public:
  explicit ShellCalls(const ShellScript& script);

  // The words that every call gives for `$1`, `$2`, ... up to the first on which they differ. None
  // if nothing calls the function, or it changes its parameters (`shift`, `set --`).
  std::vector<const ShellWord*> Parameters(const ShellNode& function) const;

  // The one command that the function is, with all of its own arguments last: `kubectl -n ray
  // "$@"`. Null for any other function.
  const ShellNode* Forwarded(const ShellNode& function) const;

  // The commands that call the function, in the order of the script's nodes.
  const std::vector<const ShellNode*>& CallsOf(const ShellNode& function) const;

 private:
  bool ChangesParameters(const ShellNode& node) const;

  const ShellScript& script_;
  std::map<std::string, std::vector<const ShellNode*>, std::less<>> calls_;  // by function name
};

}  // namespace oakum
