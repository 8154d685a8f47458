// toml++, set up so that malformed text is always a refusal. For toml.cc alone.
//
// toml++ 3.3 asserts on text such as `[=`; with NDEBUG it tells the compiler that this cannot be,
// which is undefined behaviour on a file that anyone can write. Here an assertion throws. Without
// exceptions the library goes on after an error, so they stay on; toml.cc catches them.
//
// Thread-safety: as toml++: parsing shares nothing.
#pragma once

namespace oakum {

struct TomlAssertion {};
[[noreturn]] inline void FailTomlAssertion() {
  throw TomlAssertion();
}

}  // namespace oakum

// clang-format off
#undef NDEBUG
#define TOML_ASSERT(condition) \
  static_cast<void>((condition) || (::oakum::FailTomlAssertion(), false))
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>
// clang-format on
