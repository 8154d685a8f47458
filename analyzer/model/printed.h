// What a command prints where a log keeps it: a terminal, a build, a CI job.
//
// Output that goes to a file, to another program that does not pass it on, or into a variable is
// not printed. Filters that show what they read (`base64`, `head`, `tee`) pass it on.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"
#include "analyzer/model/printed_filter.h"

namespace oakum {

struct Printed {
  enum class What {
    kText,         // echo, printf, a here-document of cat: `words` with variables filled in
    kFiles,        // cat, head, base64 ...: `words` name files
    kVariables,    // printenv NAME: `words` are names
    kEnvironment,  // env, printenv, export -p, set
    kPipConfig,    // pip config list, debug, get global.index-url
    kStore,        // the answer of a secret store: `vault kv get`, `gh auth token`
    kRequest,      // curl -v with a credential: `words` are its arguments
  } what = What::kText;
  std::vector<Value> words;
  std::vector<GrepFilter> filters;  // that its lines go through
  // Goes through an encoder, so that a log's masking does not know it again.
  bool encoded = false;
  Span span;  // the command, with the filters that show its output
};

// `all` is the list that the command's stdout_to refers to.
std::optional<Printed> PrintedBy(const Command& command, const std::vector<Command>& all);

// Whether the command turns the trace on (`set -x`), or off (`set +x`).
enum class Trace { kOther, kOn, kOff };
Trace TraceOf(const Command& command);

}  // namespace oakum
