// A build of an image that something in the tree asks for: a `docker build` of a script or a
// workflow, the `build` of a compose service, a step with docker/build-push-action.
//
// It says which stage becomes an image (--target) and whether the layers of all stages leave the
// machine with an exported cache (mode=max of --cache-to; the default, min, takes the layers of the
// result alone), and which ARGs it fills in.
// https://docs.docker.com/build/cache/backends/#cache-mode
//
// Paths are as written, with holes as in Value. Thread-safety: plain values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

// A value that a build is given for an ARG.
struct BuildArgument {
  std::string name;
  Value value;             // empty if there is none
  bool has_value = false;  // `--build-arg NAME` takes it from the environment
  Span span;               // the list entry
};

// What a name stands for in FROM and COPY --from, where the file itself does not say
// (`--build-context NAME=SOURCE`): "target:base" of a bake file, "service:base" of a compose file,
// "docker-image://python:3", or a folder.
struct NamedContext {
  std::string name;
  Value source;
};

struct BuildRequest {
  // What paths are relative to.
  enum class Base { kFile, kRepository, kWorkingDirectory } base = Base::kWorkingDirectory;
  std::string tool;                    // "docker build", "docker/build-push-action": for messages
  std::string service;                 // of compose
  std::string bake_target;             // its name in a bake file
  Span span;                           // what asks for the build
  bool git_context = false;            // a Git ref: what lies in the workspace is not in it
  Value context;                       // empty for the base itself
  Value dockerfile;                    // empty for the Dockerfile of the context
  bool dockerfile_in_context = false;  // relative to the context, as compose has it
  bool overrides = false;              // arguments for builds that a bake or compose file describes
  Value described_in;                  // overrides: that file; empty for the default one
  std::string target;                  // lower case; empty for the last stage, or if it is not told
  Span target_span;
  bool exports_all_stages = false;  // cache export with mode=max
  Span cache_span;
  std::vector<BuildArgument> arguments;
  std::vector<NamedContext> contexts;
  std::vector<Value> tags;  // what the image is called
};

// Of docker, podman and nerdctl with `build`, `buildx build` or `image build`, of buildah, and of
// `buildx bake` and `compose build` that set arguments.
std::optional<BuildRequest> BuildRequestOf(const Command& command);

// Whether a context is a repository or an archive elsewhere, or standard input: no file of the
// tree.
bool IsRemoteContext(const Value& context);

struct Facts;

// Forgets URIs of build arguments whose credential is filled in: what is passed to an ARG is the
// question of rules that know the ARG. A credential in plain text stays. Runs once, after
// everything else is lowered.
void ForgetFilledArguments(Facts& facts);

// Whether the text of a cache export asks for the layers of all stages.
bool ExportsAllStages(const Value& cache_to);
// The entries of a list with one NAME=value a line, as build-push-action has it.
std::vector<BuildArgument> BuildArgumentLines(const Value& list);
// The arguments that a list of overrides sets, one a line: `TARGET.args.NAME=value`.
std::vector<BuildArgument> OverriddenArguments(const Value& list);

// The entries of a list with one NAME=SOURCE a line.
std::vector<NamedContext> NamedContextLines(const Value& list);

// A stage's name as Dockerfiles compare it; empty if it is not literal.
std::string TargetName(const Value& target);

}  // namespace oakum
