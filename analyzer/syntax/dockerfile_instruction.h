// One logical line as an instruction: keyword, flags and arguments in the shape that the keyword
// has (dockerfile.md 1.4).
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

// Heredocs are not read here. Errors are those at which BuildKit's parser stops.
DockerInstruction ParseDockerInstruction(const MappedText& line, char escape,
                                         std::vector<DockerError>& errors);

// BuildKit's second pass over one instruction: argument counts, flags, names, mount options.
void CheckDockerInstruction(const DockerInstruction& instruction, char escape,
                            std::vector<DockerError>& errors);

}  // namespace oakum
