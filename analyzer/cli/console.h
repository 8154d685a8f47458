// What a run talks to besides its arguments: streams, standard input, the disk and Ctrl-C.
//
// main() hands over the real ones, tests their own; nothing else in cli/ touches a global.
//
// Thread-safety: the functions are called from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "analyzer/base/file_system.h"
#include "analyzer/base/result.h"

namespace oakum {

struct Console {
  // Findings and whatever else was asked for.
  std::function<void(std::string_view)> out;
  // Everything said about the run.
  std::function<void(std::string_view)> err;
  // All of standard input, at most `limit` bytes.
  std::function<Result<std::string>(uint64_t limit)> in;
  // What --color=auto comes to.
  bool color = false;
  const FileSystem* files = nullptr;
  // Takes over what a run has built, once it is done with it: a process that is about to end need
  // not free it piece by piece. Null if it is to be freed.
  std::function<void(std::shared_ptr<const void>)> keep;
  std::stop_token stop;
};

// What is said of a run that Ctrl-C ends.
inline constexpr std::string_view kInterrupted = "interrupted: nothing is reported\n";

// Says why a run fails, without any secret that the message may repeat from an argument. Returns
// the exit status for it.
int Fail(const Console& console, std::string_view message);

}  // namespace oakum
