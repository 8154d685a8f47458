// A Ray runtime_env, whatever it was written in.
//
// Python dicts and RuntimeEnv(...), JSON and YAML files, Serve configs, KubeRay's embedded texts,
// Anyscale files and command-line flags all give this shape (ray.md 1.1, 1.8), with each entry a
// Value with its span, and with how it gets to Ray. The fields that Ray downloads from are
// packages; a local path among them is a package too, without a URI.
//
// In a package's URI `${NAME}` is a hole: Ray fills in nothing there, but whoever writes it means a
// credential that some step before Ray fills in. In env_vars it is Ray's own reference, deferred.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

struct Facts;

enum class RuntimeEnvSurface {
  kProgram,      // Python that hands it to Ray
  kFile,         // a runtime_env file of its own
  kServeConfig,  // a Serve config file
  kCommandLine,  // a flag of `ray job submit`, `serve run`, `kubectl ray job submit`
  kVariable,     // RAY_RUNTIME_ENV and its like
  kRayJob,       // runtimeEnvYAML: also in the submitter Pod's arguments
  kRayJobHttp,   // runtimeEnvYAML that is posted without a submitter Pod
  kRayService,   // serveConfigV2: also in the operator's log
  kAnyscale,     // job, service and workspace files
  kRllib,        // variables of RLlib's workers, part of the algorithm's configuration
};

// A place that a hole of a value was filled from: os.environ[...], an argument of a call.
struct FilledFrom {
  Span hole;
  Span origin;
};

struct RuntimeEnvPackage {
  std::string field;  // "working_dir", "py_modules", "java_jars"
  Value value;
  Span span;                        // of the whole value
  std::vector<FilledFrom> origins;  // in order, hole by hole
};

// A package that is, or begins with, a variable of a script that another script may set.
struct RuntimeEnvReference {
  std::string field;
  std::string name;
  Span span;
};

struct RuntimeEnvVariable {
  Value name;
  Value value;
  Span span;
  std::vector<Span> origins;
};

// Variables that are put into env_vars together: `**os.environ`.
struct RuntimeEnvSpread {
  Value value;  // one hole
  std::vector<Span> origins;
};

// One line of a pip, uv or conda list, or a conda channel.
struct RuntimeEnvRequirement {
  std::string tool;  // "pip", "uv", "conda"
  Value line;
  bool channel = false;
};

struct RuntimeEnvKey {
  std::string name;
  Span span;
};

struct RuntimeEnv {
  RuntimeEnvSurface surface = RuntimeEnvSurface::kFile;
  std::string handed_by;  // "ray.init", "--runtime-env-json", "runtimeEnvYAML"
  Span handed_at;         // the call's name, the flag, the key; empty if nothing says so
  Span span;              // the runtime_env itself

  std::vector<RuntimeEnvPackage> packages;
  std::vector<RuntimeEnvReference> references;
  std::vector<RuntimeEnvVariable> env_vars;
  std::vector<RuntimeEnvSpread> env_vars_from;
  std::vector<RuntimeEnvRequirement> requirements;
  std::vector<Value> excludes;
  Value image;                     // image_uri or container.image
  std::vector<Value> run_options;  // container.run_options
  Value py_executable;
  std::vector<RuntimeEnvKey> unknown;  // keys Ray does not know
  bool local = false;                  // of a Ray that runs on this machine alone

  bool empty() const;
};

// How a runtime_env reaches Ray.
struct RuntimeEnvUse {
  RuntimeEnvSurface surface = RuntimeEnvSurface::kFile;
  std::string handed_by;
  Span handed_at;
  // Where the holes of a value were filled from; may be null.
  std::function<std::vector<Span>(const Value&)> origins;
  bool local = false;
};

// A statement of a program that prints or logs a runtime_env, or the environment of its process.
struct RuntimeEnvPrint {
  std::string sink;  // "print", "logger.info"
  std::string what;  // "runtime_env", "os.environ", "ray.get_runtime_context().runtime_env"
  Span span;         // of the call
  RuntimeEnv env;    // as far as it is known; empty for the other two
};

// The fields of `map`. REQUIRES: `map` is a map of `tree`.
RuntimeEnv ReadRuntimeEnv(const DataTree& tree, DataTree::Id map, const RuntimeEnvUse& use);

// Whether a runtime_env may have this key: a field, or what is often taken for one.
bool MayBeRuntimeEnvKey(std::string_view key);

// Whether a map without any other mark is a runtime_env: it has a field that only one has, and no
// key that none has.
bool LooksLikeRuntimeEnv(const DataTree& tree, DataTree::Id map);

// A package on its own: the value of --working-dir, an item of py_modules.
RuntimeEnvPackage ReadPackage(std::string field, const Value& value, Span span,
                              const RuntimeEnvUse& use);

// Appends to facts.runtime_envs and adds what others ask for: package URIs, requirements' URIs,
// env_vars as settings, commands. Does nothing for an empty one.
void AddRuntimeEnv(RuntimeEnv env, Facts& facts);

}  // namespace oakum
