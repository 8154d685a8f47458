// A FileSystem in memory, for tests and for buffers an editor has not saved.
//
// Thread-safety: const methods may run at once; Add() needs exclusive access.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/file_system.h"

namespace oakum {

// Directories exist as far as files name them.
class MemoryFileSystem : public FileSystem {
 public:
  void Add(std::string_view path, std::string content, uint32_t mode = 0644);

  Result<FileInfo> Stat(const std::string& path) const override;
  Result<std::string_view> ReadInto(const std::string& path, uint64_t limit, FileKind listed,
                                    std::string& buffer) const override;
  Result<std::vector<DirectoryEntry>> List(const std::string& path) const override;
  Result<std::string> Canonical(const std::string& path) const override;

 private:
  struct File {
    std::string content;
    uint32_t mode = 0644;
  };
  std::map<std::string, File> files_;  // by cleaned path
};

}  // namespace oakum
