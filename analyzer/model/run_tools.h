// Which credential file the tools of a RUN look for by themselves, and where.
//
// A netrc at ~/.netrc or $NETRC; pip.conf, .npmrc, git's and cloud clients' files at their fixed
// places. The answer is given only for a RUN whose commands are all known not to read other files
// of that kind: a script or program of unknown kind may read anything.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/credential_file.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/image_config.h"
#include "analyzer/model/run_secret.h"

namespace oakum {

struct ToolPlaces {
  std::string_view tool;           // "pip"; static storage
  std::vector<std::string> paths;  // where it looks, absolute; the first is the usual one
  std::string_view variable;       // that names another place: "NETRC"
};

// Where the first tool of the RUN that reads such files looks for them; none if no tool does, if
// its home is not known, if its variable is set, or if some command is not known or is
// run as somebody else.
std::optional<ToolPlaces> PlacesFor(CredentialFileKind kind, const ImageRun& run,
                                    const Facts& facts, const ImageConfig& config);

// A secret mount that is a file for tools, where none of them looks.
struct UnreadSecret {
  CredentialFile file;
  ToolPlaces places;
};

// None if a tool looks there, a command names the place, or it is not known what reads it.
std::optional<UnreadSecret> UnreadIn(const ImageRun& run, const RunSecret& secret,
                                     const Facts& facts, const ImageConfig& config);

}  // namespace oakum
