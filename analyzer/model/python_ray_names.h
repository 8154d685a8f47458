// The names by which Python code hands a runtime_env to Ray (ray.md 1.8).
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace oakum {

// Whether a dotted name ends with the names of `name`: "ray.runtime_env.RuntimeEnv", "RuntimeEnv".
bool EndsWithName(std::string_view qualified, std::string_view name);

// Keyword arguments that are a runtime_env.
bool IsRuntimeEnvKeyword(std::string_view name);

// Keyword arguments and names that hold a dict with one.
bool HoldsRuntimeEnv(std::string_view name);

// Whether a module hands to others what it may have from elsewhere: only then its imports are read.
bool HandsOn(std::string_view text);

// What a call is called in a message: `ray.init` for whatever name it has in the module, else as
// written.
std::string ShownName(const std::string& qualified, std::string_view written);

}  // namespace oakum
