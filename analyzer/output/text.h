// The report a person reads: each finding with the lines it is about, carets under them, the
// numbered steps of its path and what to write instead.
//
//   error[OAK201 credential-file-in-layer]: COPY puts .netrc into a layer of the image.
//     --> Dockerfile:4:6
//      |
//    4 | COPY .netrc /root/.netrc
//      |      ^^^^^^ 1: the file enters the image
//    7 | RUN rm /root/.netrc
//      |     --------------- 2: removed here, but the layer above keeps it
//      |
//      = help: hand it over as a secret mount: RUN --mount=type=secret,...
//
// Every quoted line is masked (engine/snippet.h) and free of control characters.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/scan.h"

namespace oakum {

struct TextOptions {
  bool color = false;
  unsigned jobs = 1;  // threads that search the quoted files for what must be masked
};

// All findings in report order, a blank line between them. Empty if there are none.
std::string FormatText(const ScanReport& report, const TextOptions& options);

}  // namespace oakum
