// What the modules of one Python program share while they are folded together.
//
// The first module is the one that is read; others are those of the tree that it imports from,
// loaded when a name of theirs is first asked for. Objects, budgets and origins are common to all,
// and so is the space of offsets: a loaded module's text begins where `parts` says.
//
// Thread-safety: none; a program is used by one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"
#include "analyzer/base/text_part.h"
#include "analyzer/syntax/python_object.h"

namespace oakum {

class PythonModule;

// The source of a module as another one (by its path) names it: "stream.artifacts", ".settings",
// "." for the package. Null if the tree has no such module.
using ModuleFinder =
    std::function<const Source*(std::string_view importer, std::string_view module)>;

struct PythonProgram {
  PythonProgram();
  ~PythonProgram();

  // The module of a source, loaded at need; null if there are too many or it is too large.
  PythonModule* Load(const Source& source);

  std::string path;   // of the first module; empty if it has none
  ModuleFinder find;  // may be null
  std::deque<PyObject> objects;
  std::map<Span, std::vector<Span>> origins;  // of holes: where they were filled from
  int depth = 0;
  int steps = 0;        // left for this expression
  int total_steps = 0;  // left for the program
  std::vector<TextPart> parts;
  uint32_t end = 0;  // of the last part

 private:
  std::map<const Source*, std::unique_ptr<PythonModule>> modules_;
};

}  // namespace oakum
