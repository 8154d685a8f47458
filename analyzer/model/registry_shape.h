// Whether a JSON object is a registry login, and what is wrong with one.
//
// Anyscale reads exactly `username`, `password` and `server`, all of them texts. An object that has
// other names for these may be a login that was written from memory, or one for a database, which
// names more than three things; only what refers to it tells, so such an object is kept apart.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/registry.h"

namespace oakum {

enum class LoginShape {
  kOther,
  kLike,   // a user, a password and perhaps a host, by some names
  kLogin,  // `server`, with `username` or `password`, and nothing of anything else
};

LoginShape ShapeOf(const std::vector<RegistryField>& fields);

enum class ShapeProblem {
  kMissing,     // `field` is not there
  kMisnamed,    // it is there as `written`
  kEmpty,       // its text is empty
  kNotText,     // it is a number, a list ...
  kExtra,       // `written` is no field
  kShortLived,  // the user is one whose password expires within hours
};

struct LoginProblem {
  ShapeProblem problem = ShapeProblem::kMissing;
  std::string field;
  std::string written;
  Span where;  // kMisnamed, kExtra: the key
};

// In the order of their gravity.
std::vector<LoginProblem> ProblemsOf(const RegistrySecret& secret);

// Whose password is a token that expires: AWS of ECR, oauth2accesstoken of Google, the null id of
// Azure. Empty if the user is none of these, else how long the password lives.
std::string_view LifetimeOf(std::string_view username);

}  // namespace oakum
