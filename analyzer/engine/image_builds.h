// The builds of a Dockerfile that the tree asks for: what they pass to its ARGs, and whether they
// take a builder stage further than its build cache.
//
// A stage that no image is built FROM stays on the machine that builds, unless a script, a compose
// file or a workflow builds it with --target, or exports the cache of a build with mode=max
// (build_index.h).
//
// Thread-safety: pure functions of an immutable Project, which must outlive what they return.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/engine/build_index.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/build_request.h"

namespace oakum {

// Whether a stage of the Dockerfile declares the ARG: then what is passed to it ends in history,
// and the finding is the ARG's (OAK206). What no stage declares is only recorded with the build.
bool DeclaresArgument(const Document& dockerfile, std::string_view name);

// What an argument hands to the build, as far as the file tells.
enum class Passed {
  kNothing,  // no secret
  kSetting,  // kept with the CI system's secrets, but called like a setting: an address, a user
  kSecret,   // a CI secret, directly or through an `env:` of a workflow, a variable that is
             // called like a secret, the output of a command that reads one, or plain text that
             // is one
};

// Whether the value stands there in plain text and is a secret.
bool IsLiteralSecret(const BuildArgument& argument);

// An argument without a value is taken from the variable of its name.
Passed PassedBy(const Project& project, const Document& document, const BuildArgument& argument);

struct Exposure {
  Location where;   // the target or the cache export
  std::string how;  // "built with --target dev in compose.yaml"
};

// The first build, in path order, of this Dockerfile that gives the content of `creation`, an event
// of its image, to others.
std::optional<Exposure> FindExposure(const Project& project, const Document& dockerfile,
                                     uint32_t creation);

// The same for what a stage itself has: its variables and history.
std::optional<Exposure> FindStageExposure(const Project& project, const Document& dockerfile,
                                          uint32_t stage);

}  // namespace oakum
