// The secret mounts of a RUN: where each one is, whether the user of the RUN can read it, and which
// commands are about it.
//
// A word is about a mount when it names its path, or a folder above it, after `~`, $HOME and the
// working directory are filled in; `cd` is not followed. A mount that no word names may be read all
// the same: tools look for their files by themselves.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/facts.h"
#include "analyzer/model/image_config.h"

namespace oakum {

struct RunSecret {
  const DockerMount* mount = nullptr;
  std::string id;      // ${NAME} for what is not known
  std::string target;  // where the file is, absolute; empty for a variable alone
  Span target_span;    // the option that says so, or the whole mount
};

// The secret mounts of one RUN. They point into it.
std::vector<RunSecret> SecretsOf(const ImageRun& run);

// The path that a word names in this RUN: absolute and clean, ${NAME} for what is not known.
std::string PathIn(const ImageRun& run, const Value& word);

// Whether some word or assignment of the command has this path in it: `--netrc-file=PATH`,
// `NETRC=PATH`, `< PATH`.
bool Mentions(const ImageRun& run, const Command& command, std::string_view path);

// Whether the RUN's user can open the file, as far as the file tells: `uid=`, `gid=` and `mode=`
// that are filled in from elsewhere, and users without a known number, are taken to fit.
bool CanRead(const ImageRun& run, const DockerMount& mount);

}  // namespace oakum
