// What the configuration and the history of an image say: its variables and labels, where their
// values come from, and what each RUN does with them.
//
// An ARG of a stage goes into the history entry of every RUN that follows in the stage and in the
// stages built FROM it, used or not; ENV and LABEL go into the configuration (dockerfile.md 1.7,
// 2.1). An ARG before the first FROM is seen by FROM lines alone until a stage declares it again.
// Uses are found in the commands of RUN after the shell's own variables are filled in. A secret
// mount with `env=NAME` hides the variable of that name for its RUN.
//
// Indices stay valid for the life of the model. Thread-safety: immutable after BuildImageConfig()
// returns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/image_build.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_mount.h"

namespace oakum {

// What becomes of a variable's value, the most telling last.
struct VariableUse {
  enum class How {
    kMention,  // an argument of a program that is not known
    kFile,     // written to a file that stays in the layer
    kScratch,  // written to a file that the same RUN removes
    kHeader,   // an HTTP header
    kLogin,    // a password or token argument
    kUri,      // the credential of a URI, which has rules of its own
  } how = How::kMention;
  Span span;         // the word, or the command
  std::string what;  // the program, the file's path
};

struct ImageVariable {
  enum class Kind { kArg, kEnv, kLabel } kind = Kind::kArg;
  std::string name;
  Value value;                // every variable is a hole; the default of an ARG
  bool has_value = false;     // false only for `ARG NAME`
  uint32_t stage = kNoIndex;  // kNoIndex before the first FROM
  uint32_t instruction = 0;
  bool onbuild = false;
  Span span;  // the name=value word
  // Variables that the value is made of: those it refers to, and for an ARG without a default the
  // one before the first FROM.
  std::vector<uint32_t> sources;
  std::vector<VariableUse> uses;  // in the order of the file
};

// A RUN, with what its process sees.
struct ImageRun {
  uint32_t stage = 0;
  uint32_t instruction = 0;
  bool onbuild = false;
  Span span;
  std::string user;  // "" for root by default
  bool root = true;
  std::optional<uint32_t> uid;  // where the file or a known base image tells it
  std::string home;             // "${HOME}" if it is not known
  std::string workdir;          // absolute
  std::vector<DockerMount> mounts;
  std::vector<uint32_t> commands;  // indices into Facts::commands
};

struct ImageConfig {
  std::vector<ImageVariable> variables;  // in the order of the file
  // By variable: those that name it among their sources.
  std::vector<std::vector<uint32_t>> takers;
  std::vector<ImageRun> runs;  // in the order of the file

  // The variables that hold this one's value without change or as a part, in order.
  std::vector<uint32_t> DerivedFrom(uint32_t variable) const;
};

// REQUIRES: `facts` has the commands and URIs of this Dockerfile, `image` is what it builds.
ImageConfig BuildImageConfig(const Dockerfile& dockerfile, const Facts& facts,
                             const ImageBuild& image);

}  // namespace oakum
