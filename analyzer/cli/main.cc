#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "analyzer/cli/console.h"
#include "analyzer/cli/exit_status.h"
#include "analyzer/cli/run.h"

namespace oakum {

namespace {

// Writes all of it. A reader that has gone away (`oakum scan | head`) is no error: what is left has
// nobody to read it. Anything else that fails (a full disk) must not pass for a clean report.
void WriteAll(int fd, std::string_view text, bool& failed) {
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      failed |= errno != EPIPE;
      return;
    }
    text.remove_prefix(static_cast<size_t>(count));
  }
}

// Looks up from waiting now and then, so that Ctrl-C ends a run that nobody types into.
Result<std::string> ReadStandardInput(uint64_t limit, const std::stop_token& stop) {
  std::string text;
  char buffer[65536];
  while (true) {
    pollfd ready = {STDIN_FILENO, POLLIN, 0};
    while (poll(&ready, 1, 100) == 0) {
      if (stop.stop_requested()) return Failure("interrupted");
    }
    const ssize_t count = read(STDIN_FILENO, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(std::generic_category().message(errno));
    if (count == 0) return text;
    text.append(buffer, static_cast<size_t>(count));
    if (text.size() > limit) return Failure("is too large");
  }
}

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// https://no-color.org, and the counterpart that many tools know.
bool AutoColor() {
  if (IsSet("NO_COLOR")) return false;
  if (IsSet("FORCE_COLOR")) return true;
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && terminal != nullptr && std::string_view(terminal) != "dumb";
}

// Blocks SIGINT and SIGTERM for every thread and waits for them on one of its own. The first asks
// the run to stop, which it does between two files; the second, or a second of time, ends the
// process wherever it is.
void WatchSignals(const std::stop_source& stop) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals, stop]() mutable {
    int signal = 0;
    sigwait(&signals, &signal);
    stop.request_stop();
    constexpr timespec kGrace = {1, 0};
    sigtimedwait(&signals, nullptr, &kGrace);
    bool ignored = false;
    WriteAll(STDERR_FILENO, kInterrupted, ignored);
    _exit(kExitInterrupted);
  }).detach();
}

int Main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::stop_source stop;
  WatchSignals(stop);
  const std::unique_ptr<FileSystem> files = NewDiskFileSystem();
  bool write_failed = false;
  Console console;
  console.out = [&](std::string_view text) { WriteAll(STDOUT_FILENO, text, write_failed); };
  console.err = [&](std::string_view text) {
    bool ignored = false;
    WriteAll(STDERR_FILENO, text, ignored);
  };
  console.in = [&](uint64_t limit) { return ReadStandardInput(limit, stop.get_token()); };
  console.color = AutoColor();
  console.files = files.get();
  console.keep = [](std::shared_ptr<const void> built) {
    static auto* const kept = new std::vector<std::shared_ptr<const void>>;
    kept->push_back(std::move(built));
  };
  console.stop = stop.get_token();
  int status = kExitError;
  try {
    status = Run(std::vector<std::string>(argv + 1, argv + argc), console);
  } catch (const std::exception& error) {
    console.err(std::string("error: internal error (a bug in oakum): ") + error.what() + "\n");
  }
  if (write_failed) {
    console.err("error: standard output cannot be written\n");
    return kExitError;
  }
  return status;
}

}  // namespace

}  // namespace oakum

int main(int argc, char** argv) {
  return oakum::Main(argc, argv);
}
