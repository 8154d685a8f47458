// The version and the home page (or ""), from the project() line of CMakeLists.txt.
#pragma once

#include <string_view>

namespace oakum {

inline constexpr std::string_view kVersion = OAKUM_VERSION;
inline constexpr std::string_view kHomepage = OAKUM_HOMEPAGE;

}  // namespace oakum
