// The version, from the project() line of CMakeLists.txt.
#pragma once

#include <string_view>

namespace oakum {

inline constexpr std::string_view kVersion = OAKUM_VERSION;

}  // namespace oakum
