// Why the machine of a netrc entry is equal to no host.
//
// Readers compare the name with the bare host of a URL as text, Python with regard to case
// (ray.md 3.1): a scheme, user, path, port or pattern in it never matches.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

struct MachineProblem {
  std::string_view what;  // the end of "it is written ..."
  std::string host;       // what to write; empty if it is not known
};

// None if some host is called so, or if a part of the name stands for something.
std::optional<MachineProblem> ProblemOfMachine(const Value& machine);

}  // namespace oakum
