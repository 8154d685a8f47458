#include "analyzer/cli/console.h"

#include <fmt/format.h>

#include "analyzer/cli/exit_status.h"
#include "analyzer/credential/redact.h"

namespace oakum {

int Fail(const Console& console, std::string_view message) {
  console.err(fmt::format("error: {}\n", RedactText(message)));
  return kExitError;
}

}  // namespace oakum
