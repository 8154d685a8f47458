#include "analyzer/cli/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace oakum {

namespace {

Error Last() {
  return {std::generic_category().message(errno), {}};
}

std::optional<Error> WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Last();
    text.remove_prefix(static_cast<size_t>(count));
  }
  return {};
}

// Writes and closes.
std::optional<Error> WriteTo(int fd, std::string_view text) {
  std::optional<Error> error = WriteAll(fd, text);
  if (close(fd) != 0 && !error) error = Last();
  return error;
}

// What open(2) would have given a new file.
mode_t DefaultMode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

std::optional<Error> WriteFileAtomically(const std::string& path, std::string_view text) {
  struct stat info {};
  const bool exists = stat(path.c_str(), &info) == 0;
  if (exists && !S_ISREG(info.st_mode)) {
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? Last() : WriteTo(fd, text);
  }
  std::string target = path;
  if (char* resolved = exists ? realpath(path.c_str(), nullptr) : nullptr) {
    target = resolved;  // a link stays a link
    std::free(resolved);
  }
  std::string temporary = target + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return Last();
  const mode_t mode = exists ? info.st_mode & 07777 : DefaultMode();
  std::optional<Error> error;
  if (fchmod(fd, mode) != 0) error = Last();
  if (std::optional<Error> failed = WriteTo(fd, text); failed && !error) error = failed;
  if (!error && rename(temporary.c_str(), target.c_str()) != 0) error = Last();
  if (error) unlink(temporary.c_str());
  return error;
}

}  // namespace oakum
