// The steps of a CI job in the order they run: what a later step finds in the workspace is what
// earlier ones put there.
//
// GitHub Actions as jobs of steps; a GitLab job is one whose steps are its scripts, its artifacts
// and its cache. Commands are those of Facts::commands. Paths are as written, relative to the
// checkout.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// A named value: an input of an action, a variable of a job.
struct CiValue {
  std::string name;
  Value value;
  Span span;  // name and value
};

// What a step keeps of the workspace for others: an artifact or a cache.
struct CiKeep {
  enum class Kind { kArtifact, kCache } kind = Kind::kArtifact;
  std::vector<Value> paths;  // patterns; one that begins with '!' takes back
  bool hidden = true;        // names that begin with a dot too
  bool at_end = false;       // what the job leaves, wherever the step stands
  Span span;                 // of the list
};

struct CiStep {
  std::string uses;     // "actions/checkout" in lower case; empty for a script
  std::string version;  // "v4"; of a pinned commit what its comment says, or the commit
  std::vector<CiValue> inputs;
  std::vector<CiValue> environment;
  Value folder;  // working directory; empty for the checkout
  Span span;     // the action or the script
  // Facts::commands of the script: [first_command, end_command).
  uint32_t first_command = 0;
  uint32_t end_command = 0;
  std::optional<uint32_t> build;  // index in Facts::build_requests
  std::optional<CiKeep> keep;

  const Value& Input(std::string_view name) const;  // empty if it is not given
  // "v4.4.1" is 4, 4; "v4" is its newest, 4, INT_MAX. None for a commit or a branch.
  std::optional<std::pair<int, int>> Release() const;
};

// A job that a matrix makes: the values of names as expressions have them ("matrix.app"), or of
// variables.
using CiRow = std::vector<CiValue>;

struct CiJob {
  std::string name;
  std::vector<CiRow> matrix;         // empty if there is none, or the file does not tell
  std::vector<CiValue> environment;  // of the workflow, then of the job
  std::vector<CiStep> steps;

  // What the variable is set to for `step`, the innermost setting; null if none is known.
  const CiValue* Variable(const CiStep& step, std::string_view variable) const;
};

// An expression that puts a secret's text into a script before its shell or interpreter reads it.
struct ScriptSecret {
  std::string name;    // "secrets.TOKEN"
  std::string source;  // the secret that an env.NAME stands for; else as name
  Span span;           // `${{ secrets.TOKEN }}`
};

}  // namespace oakum
