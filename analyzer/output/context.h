// What a report says about oakum itself and about where it ran. Handed in by the caller: output
// knows no rule and asks the disk nothing.
//
// Thread-safety: plain values; views must outlive the report.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analyzer/engine/rule.h"

namespace oakum {

struct RuleInfo {
  const Rule* rule = nullptr;
  std::string_view page;  // Markdown
};

struct ReportContext {
  std::string_view version;         // of oakum: "0.1.0"
  std::string_view homepage;        // where to learn more; empty if there is no such place
  std::span<const RuleInfo> rules;  // that ran, by code
  // The working directory below the repository's root, with a trailing '/'; empty at the root or
  // without a repository. For formats whose paths are relative to the root.
  std::string path_prefix;
  // The working directory, absolute: files outside of the repository are named by it.
  std::string folder;
  // What fingerprints are keyed with (engine/fingerprint.h).
  std::string_view fingerprint_key;
};

}  // namespace oakum
