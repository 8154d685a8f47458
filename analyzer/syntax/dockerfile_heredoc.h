// Which words of a Dockerfile line open a heredoc (dockerfile.md 1.5).
//
// The answer is BuildKit's, not a shell's: the whole word has to be `[digits]<<[-]name`, the escape
// character is the backslash whatever the directive says, and a line whose quotes do not balance
// has no heredocs at all.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/result.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

// The heredoc that `word` opens, without its content; none if it opens none. An error where
// BuildKit's parser stops (a quote in the name that is not closed).
Result<std::optional<DockerHeredoc>> ParseDockerHeredoc(const MappedText& word);

// All heredocs of a logical line, in order.
Result<std::vector<DockerHeredoc>> DockerHeredocsOf(const MappedText& line);

}  // namespace oakum
