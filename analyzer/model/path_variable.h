// Environment variables whose value programs take for the path of a credential file. Advice that
// puts the content of the file there would break what it is given for: with NETRC set to a text,
// requests finds no file of that name and goes on without a login (ray.md 3).
//
// Thread-safety: pure function.
#pragma once

#include <string_view>

namespace oakum {

bool IsPathVariable(std::string_view name);  // NETRC, KUBECONFIG, GOOGLE_APPLICATION_CREDENTIALS

}  // namespace oakum
