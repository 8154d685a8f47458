// From files to documents: reads each once, decides whether it is text and whether any rule could
// have something to say about it, and if so understands it.
//
// What is read but cannot matter is counted and dropped at once, so memory does not grow with the
// tree. What cannot be read (too large, vanished, a pipe, a device) is said with its reason.
// UTF-16 with a byte-order mark is transcoded; other bytes are taken as they are.
//
// Thread-safety: a loader belongs to one thread, and uses others.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/file_system.h"
#include "analyzer/base/task_queue.h"
#include "analyzer/cli/discovery.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/scan.h"

namespace oakum {

inline constexpr uint64_t kMaxFileBytes = 8 * 1024 * 1024;
// Of YAML: bundles of custom resource definitions with the objects behind them are kept as one
// file.
inline constexpr uint64_t kMaxYamlBytes = 32 * 1024 * 1024;

struct Loaded {
  std::vector<std::unique_ptr<Document>> documents;  // worth analysing
  std::vector<std::unique_ptr<Source>> modules;      // of use to documents that import them
  std::vector<Notification> notifications;
  std::vector<std::string> binary;  // paths of files that are no text, as their names suggest
  uint64_t files = 0;               // read, documents or not
  uint64_t bytes = 0;
  bool failed = false;  // a file that was named could not be read
};

// Reads files while others are still being found. What comes out does not depend on `jobs`.
class Loader {
 public:
  // `files` outlives the loader. Stops early on request.
  Loader(const FileSystem& files, unsigned jobs, std::stop_token stop);
  ~Loader();

  // `input` outlives the loader. REQUIRES: inputs come in the order of their numbers, from 0 on.
  void Add(const InputFile& input);

  // Waits for all, and gives those that are among `kept`, in its order.
  Loaded Finish(std::span<InputFile* const> kept);

 private:
  struct Piece;
  const FileSystem& files_;
  std::deque<Piece> pieces_;  // by number; a deque: who works on one has its address
  TaskQueue queue_;
};

// The same for a text that is already in memory (standard input).
void LoadText(const std::string& path, std::string_view text, Loaded& loaded);

}  // namespace oakum
