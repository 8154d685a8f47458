// A whole run over given inputs: model them in parallel, ask every rule, sort the answers.
//
// The result is the same whatever the number of threads. A stop request ends the run early with
// what is complete thrown away: `cancelled` is set and there are no findings.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// Something a user must know about the run itself: a file passed over, text that did not parse.
struct Notification {
  enum class Level { kNote, kWarning, kError } level = Level::kWarning;
  std::string path;     // may be empty
  std::string message;  // a sentence with a period
  // Where, if it is in a file that was read.
  Location where;
};

struct ScanOptions {
  unsigned jobs = 1;
  std::stop_token stop;
  std::vector<std::string> files = {};                // every file of the tree, documents or not
  std::vector<std::unique_ptr<Source>> modules = {};  // Python modules that are no documents
};

struct ScanReport {
  std::unique_ptr<Project> project;         // owns the sources that findings point into
  std::vector<Finding> findings;            // in ReportsBefore() order
  std::vector<Notification> notifications;  // by path
  uint64_t files = 0;                       // read
  uint64_t bytes = 0;                       // read
  bool cancelled = false;
};

ScanReport Scan(std::vector<std::unique_ptr<Document>> documents,
                std::span<const Rule* const> rules, ScanOptions options);

}  // namespace oakum
