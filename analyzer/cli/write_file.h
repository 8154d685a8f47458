// Writes a report to a file: all of it or nothing.
//
// The text goes to a new file beside the target, which then takes the target's name, so a reader
// never sees half a report and a full disk leaves the old one alone. What is no regular file
// (/dev/null, a pipe) is written to directly.
//
// Thread-safety: a function of the disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/result.h"

namespace oakum {

// Nothing on success.
std::optional<Error> WriteFileAtomically(const std::string& path, std::string_view text);

}  // namespace oakum
