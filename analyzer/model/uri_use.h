// A URI together with the program that will read it and what it does with it.
//
// Produced from command lines and settings by the option tables, from requirements and config
// files, from runtime_envs, and for every other URI of a recognised file with role kOther. The URI
// rules (101 to 105, 107) ask nothing but these.
//
// Thread-safety: plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/command.h"
#include "analyzer/model/setting.h"

namespace oakum {

enum class UriRole {
  kRuntimeEnv,   // a package that Ray downloads: working_dir, py_modules, java_jars
  kIndex,        // index, extra index, find-links, channel
  kRequirement,  // a direct or VCS requirement
  kGit,          // a remote, a clone, insteadOf
  kProxy,
  kOther,
};

// Where the assembled text is recorded.
enum class UriSink {
  kFile,         // it stands in a file of the tree
  kImage,        // image history, config or a layer
  kCi,           // a CI job's command line or script
  kCommandLine,  // a script's command line: visible in ps, nowhere kept
  kWrittenFile,  // a command writes it to a file
  kRay,          // Ray's logs and job table
  kProgram,      // only in a program's memory
};

struct UriUse {
  Uri uri;
  UriRole role = UriRole::kOther;
  UriSink sink = UriSink::kFile;
  std::string consumer;  // "pip", "uv", "conda", "Ray", "git": for messages
  std::string setting;   // the option, variable or key that carries it: "--index-url",
                         // "PIP_INDEX_URL", "working_dir"
  Span span;             // the whole argument or value
  // Where the parts of the URI were filled from, in order: an ARG line, an assignment.
  std::vector<Span> origins;
};

}  // namespace oakum
