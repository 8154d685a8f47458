// The rules' pages, embedded from the .md files beside the rules by embed_pages.cmake.
#pragma once

#include <string_view>

namespace oakum {

// The page called `name` (a file name without ".md"); empty if there is none.
std::string_view RulePage(std::string_view name);

}  // namespace oakum
