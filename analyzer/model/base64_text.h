// base64 decoded with its places kept: the three bytes of a quantum stand for its four characters.
//
// Blanks and line breaks between characters are skipped, as Kubernetes and every base64 reader of
// files do. Thread-safety: pure functions.
#pragma once

#include <optional>

#include "analyzer/base/mapped_text.h"

namespace oakum {

// Standard or URL-safe alphabet, with or without padding. None if the text is empty, too long to
// be a text that people keep credentials in, or no base64.
std::optional<MappedText> DecodeBase64(const MappedText& text);

}  // namespace oakum
