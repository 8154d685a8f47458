// OAK106: text with the exact shape of a vendor token that no other rule has reported.

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

namespace {

void Check(const Rule&, const Project&, const Document&, const Report&) {}

}  // namespace

extern const Rule kKnownToken = {
    .code = "OAK106",
    .name = "known-token",
    .severity = Severity::kError,
    .summary = "A vendor token stands in a file.",
    .check_document = Check,
};

}  // namespace oakum
