// The program without its main(): a command line in, an exit status out.
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/console.h"

namespace oakum {

// Returns an ExitStatus. Exceptions that escape are bugs; main() turns them into kExitError.
int Run(const std::vector<std::string>& arguments, const Console& console);

}  // namespace oakum
