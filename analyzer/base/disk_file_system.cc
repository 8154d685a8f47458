#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/file_system.h"

namespace oakum {

namespace {

std::string Reason(int error) {
  return std::generic_category().message(error);
}

FileKind KindOf(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kRegular;
  if (S_ISDIR(mode)) return FileKind::kDirectory;
  if (S_ISLNK(mode)) return FileKind::kSymlink;
  return FileKind::kOther;
}

// Most file systems tell the kind along with the name; the others cost a stat.
FileKind KindOf(int folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return KindOf(DTTOIF(entry.d_type));
  struct stat info {};
  const bool known = fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) == 0;
  return known ? KindOf(info.st_mode) : FileKind::kOther;
}

std::string NotRegular(mode_t mode) {
  if (S_ISDIR(mode)) return "is a directory";
  if (S_ISFIFO(mode)) return "is a named pipe";
  if (S_ISSOCK(mode)) return "is a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "is a device";
  return "is not a regular file";
}

std::string TooLarge(uint64_t limit) {
  if (limit >= 1024 * 1024) return fmt::format("is larger than {} MiB", limit / (1024 * 1024));
  return fmt::format("is larger than {} bytes", limit);
}

// Closes a file descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

constexpr size_t kFirstRead = 64 << 10;  // bytes

Result<std::string_view> ReadAll(int fd, uint64_t expected, uint64_t limit, std::string& buffer) {
  // One more byte tells whether the file has grown.
  if (buffer.size() < expected + 1) buffer.resize(expected + 1);
  size_t used = 0;
  while (true) {
    if (used == buffer.size()) buffer.resize(buffer.size() * 2);
    const size_t room = buffer.size() - used;
    const ssize_t count = read(fd, buffer.data() + used, room);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(Reason(errno));
    used += static_cast<size_t>(count);
    if (used > limit) return Failure(TooLarge(limit));
    if (count == 0) break;
    // A file gives less than it is asked for at its end alone, but for those that have no size.
    if (static_cast<size_t>(count) < room && expected > 0 && used >= expected) break;
  }
  return std::string_view(buffer).substr(0, used);
}

class DiskFileSystem : public FileSystem {
 public:
  Result<FileInfo> Stat(const std::string& path) const override {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return Failure(Reason(errno));
    return FileInfo{KindOf(info.st_mode), static_cast<uint64_t>(info.st_size),
                    static_cast<uint32_t>(info.st_mode & 07777)};
  }

  Result<std::string_view> ReadInto(const std::string& path, uint64_t limit, FileKind listed,
                                    std::string& buffer) const override {
    // O_NONBLOCK so that opening a pipe without a writer cannot hang; its kind is checked on the
    // descriptor itself, so nothing can be swapped in between. Only of a listed file one read is
    // tried before: it gives all of most files, and nothing of a pipe that has taken its place.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) return Failure(Reason(errno));
    if (listed == FileKind::kRegular) {
      buffer.resize(std::max(buffer.size(), kFirstRead));
      const ssize_t count = pread(file.get(), buffer.data(), buffer.size(), 0);
      const auto used = static_cast<size_t>(std::max<ssize_t>(count, 0));
      if (used > 0 && used < buffer.size() && used <= limit) {
        return std::string_view(buffer).substr(0, used);
      }
    }
    struct stat info {};
    if (fstat(file.get(), &info) != 0) return Failure(Reason(errno));
    if (!S_ISREG(info.st_mode)) return Failure(NotRegular(info.st_mode));
    const auto size = static_cast<uint64_t>(info.st_size);
    if (size > limit) return Failure(TooLarge(limit));
    return ReadAll(file.get(), size, limit, buffer);
  }

  Result<std::vector<DirectoryEntry>> List(const std::string& path) const override {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
    if (folder == nullptr) return Failure(Reason(errno));
    std::vector<DirectoryEntry> entries;
    while (true) {
      errno = 0;
      const dirent* entry = readdir(folder.get());
      if (entry == nullptr) break;
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      entries.push_back({std::string(name), KindOf(dirfd(folder.get()), *entry)});
    }
    if (errno != 0) return Failure(Reason(errno));
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return entries;
  }

  Result<std::string> Canonical(const std::string& path) const override {
    std::error_code error;
    std::filesystem::path result = std::filesystem::canonical(path, error);
    if (error) return Failure(error.message());
    return result.string();
  }
};

}  // namespace

std::unique_ptr<FileSystem> NewDiskFileSystem() {
  return std::make_unique<DiskFileSystem>();
}

}  // namespace oakum
