// The files oakum may look at, behind an interface so that tests need no disk.
//
// Paths are absolute or relative to the working directory, with '/' separators. Reading never
// blocks: pipes, sockets and devices are refused by kind before they are opened. Messages say why
// ("is a directory", "permission denied", "larger than 8 MiB") without the path, which the caller
// knows.
//
// Thread-safety: every method may be called from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"

namespace oakum {

enum class FileKind { kRegular, kDirectory, kSymlink, kOther };

struct FileInfo {
  FileKind kind = FileKind::kOther;
  uint64_t size = 0;  // bytes
  uint32_t mode = 0;  // permission bits, 07777
};

struct DirectoryEntry {
  std::string name;
  FileKind kind = FileKind::kOther;  // of the entry itself: links are not followed
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Follows links.
  virtual Result<FileInfo> Stat(const std::string& path) const = 0;
  // The whole content of a regular file of at most `limit` bytes, as a view into `buffer`. Follows
  // links. A buffer may serve many files: it grows and never shrinks, so that its memory is cleared
  // once and not for each. `listed` is what a listing said of the path's kind, kOther if none did:
  // what is known to be a regular file need not be asked again.
  virtual Result<std::string_view> ReadInto(const std::string& path, uint64_t limit,
                                            FileKind listed, std::string& buffer) const = 0;
  // The entries of a directory, sorted by name, without "." and "..".
  virtual Result<std::vector<DirectoryEntry>> List(const std::string& path) const = 0;
  // The path with links, "." and ".." resolved. Fails where it names nothing.
  virtual Result<std::string> Canonical(const std::string& path) const = 0;

  // A file of its own: the content as a string.
  Result<std::string> Read(const std::string& path, uint64_t limit) const {
    std::string buffer;
    const Result<std::string_view> content = ReadInto(path, limit, FileKind::kOther, buffer);
    if (!content) return tl::unexpected(content.error());
    buffer.resize(content->size());
    return buffer;
  }
};

// The disk.
std::unique_ptr<FileSystem> NewDiskFileSystem();

}  // namespace oakum
