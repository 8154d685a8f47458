// What commands put into files without its text standing in them: copies of other files, and the
// output of programs.
//
// `cp A B`, `mv A B`, `install -m 600 A B`; `vault read ... > P`, `base64 -d | tee P`. Texts that
// do stand in the command are written_text.h's.
//
// Thread-safety: pure functions; what they return points into the command.
#pragma once

#include <vector>

#include "analyzer/model/command.h"

namespace oakum {

struct FileCopy {
  std::vector<const Value*> sources;  // in order
  const Value* target = nullptr;      // a file or, for all that is told, a folder
};

// The target is null if the command copies nothing.
FileCopy CopyOf(const Command& command);

// Files that take the command's output, where it is not known what that is. Programs that print
// nothing are none.
std::vector<const Value*> OutputsOf(const Command& command, const std::vector<Command>& all);

}  // namespace oakum
