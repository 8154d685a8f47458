// From files to documents: reads each once, decides whether it is text and whether any rule could
// have something to say about it.
//
// What is read but cannot matter is counted and dropped at once, so memory does not grow with the
// tree. What cannot be read (too large, vanished, a pipe, a device) is said with its reason.
// UTF-16 with a byte-order mark is transcoded; other bytes are taken as they are.
//
// Thread-safety: functions without shared state.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/file_system.h"
#include "analyzer/cli/discovery.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/scan.h"

namespace oakum {

inline constexpr uint64_t kMaxFileBytes = 8 * 1024 * 1024;

struct Loaded {
  std::vector<std::unique_ptr<Document>> documents;  // worth analysing
  std::vector<Notification> notifications;
  std::vector<std::string> binary;  // paths of files that are no text, as their names suggest
  uint64_t files = 0;               // read, documents or not
  uint64_t bytes = 0;
  bool failed = false;  // a file that was named could not be read
};

// On at most `jobs` threads; stops early on request. The result does not depend on `jobs`.
Loaded Load(const FileSystem& files, std::span<const InputFile> inputs, unsigned jobs,
            const std::stop_token& stop);

// The same for a text that is already in memory (standard input).
void LoadText(std::string path, std::string_view text, Loaded& loaded);

}  // namespace oakum
