// What a program writes to files: open(path, "w").write(text), Path(path).write_text(text),
// print(text, file=file), json.dump(object, file).
//
// The path says what the text is for (lower_written.h). A file that the program got from elsewhere
// is none: it may be a socket or a buffer.
//
// Thread-safety: as PythonModule.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

// `call` is CallOf(id). Appends to facts.uris.
void AddWrites(PythonModule& module, SyntaxTree::Id id, const PyObject& call, Facts& facts);

}  // namespace oakum
