// A named value that configures something: an environment variable or a key of a config file.
//
// Dockerfile ENV and ARG, shell exports, pod and compose environments, workflow `env:`, keys of
// pip.conf or .condarc are all Settings; `where` says who can read them.
//
// Thread-safety: plain values.
#pragma once

#include <string>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

enum class SettingScope {
  kImageEnv,    // ENV: in the image's config and history
  kBuildArg,    // ARG default, compose build.args, --build-arg
  kImageLabel,  // LABEL
  kShell,       // NAME=value or export in a script
  kCi,          // env: of a workflow, job or step
  kContainer,   // env of a pod's container
  kCompose,     // environment: of a compose service
  kDotenv,      // .env
  kRuntimeEnv,  // runtime_env env_vars
  kProgram,     // os.environ["X"] = ... in Python
  kFile,        // a key of a config file; `file_kind` says which
};

struct Setting {
  std::string name;  // variable name, or dotted key ("global.index-url")
  Value value;
  Span name_span;
  Span span;         // name and value
  Span environment;  // the mapping or list of YAML that it is one of; empty elsewhere
  SettingScope scope = SettingScope::kFile;
  std::string
      file_kind;  // for kFile: "pip.conf", "pypirc", "condarc", "pyproject", "uv", "npmrc", ...
};

}  // namespace oakum
