// The texts of --help, written to be learnt from. A test checks that they name every option.
//
// Thread-safety: constant data.
#pragma once

#include <string_view>

namespace oakum {

// For a command ("scan"), or for oakum itself when `command` is empty.
std::string_view HelpFor(std::string_view command);

}  // namespace oakum
