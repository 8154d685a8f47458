// OAK404, the part about single logins of docker's config.json format.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

// What a finding says of a shape.
struct ShapeWords {
  std::string message;
  std::string label;
  std::string help;
};

Finding MakeShapeFinding(const Rule& rule, Location where, ShapeWords words,
                         std::string_view anchor);

// Logins whose `auth` is none or says something else, that have no password, or that expire.
void CheckDockerLogins(const Rule& rule, const Document& document, const PullSecret& secret,
                       const Report& report);

}  // namespace oakum
