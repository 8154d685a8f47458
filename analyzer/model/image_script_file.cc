// Where a RUN finds the scripts of the build context that it runs.

#include <algorithm>
#include <array>

#include "analyzer/base/path.h"
#include "analyzer/model/image_shell_state.h"

namespace oakum {
namespace {

// PATH of the images that Docker itself makes, and of nearly all others.
constexpr std::array<std::string_view, 6> kProgramFolders = {
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"};

}  // namespace

std::optional<std::string> ShellView::ContextFileAt(const std::string& path,
                                                    const ShellState& state) const {
  for (const DockerMount& mount : context_.mounts) {
    const std::string target = MountPath(mount);
    if (mount.type != DockerMountType::kBind || !mount.Get("from").empty() || target.empty() ||
        !IsWithin(path, target)) {
      continue;
    }
    const std::string below = path.substr(target == "/" ? 0 : target.size());
    return CleanPath(JoinPath(mount.Get("source").Describe(), "./" + below));
  }
  std::string_view folder = path;
  for (;; folder = folder.size() > 1 && ParentPath(folder).empty() ? "/" : ParentPath(folder)) {
    if (const ImageFiles::Creations* creations = state.files.At(folder)) {
      if (creations->size() != 1) return std::nullopt;
      const FileEvent& event = build_.events[*creations->begin()];
      // `install -m 755 /tmp/login.sh /usr/local/bin/login` of a file that COPY brought.
      const bool unchanged = event.carries != kNoIndex && event.content.empty();
      const bool copied = event.origin == FileOrigin::kContext && (!event.in_run || unchanged);
      if (!copied || (folder != path && !event.folder)) return std::nullopt;
      if (folder == path) return event.source;
      const std::string below = path.substr(folder == "/" ? 1 : folder.size() + 1);
      return CleanPath(event.source == "." ? below : event.source + "/" + below);
    }
    if (folder.empty() || folder == "/") return std::nullopt;
  }
}

// What an ENV puts in front of $PATH comes first; that an image may have nothing else is passed
// over.
std::vector<std::string> ShellView::ProgramFolders(const ShellState& state) const {
  const std::string path = TextOfVariable("PATH", state).value_or("");
  std::vector<std::string> folders;
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find(':', begin), path.size());
    if (path[begin] == '/') folders.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  folders.insert(folders.end(), kProgramFolders.begin(), kProgramFolders.end());
  const auto& files = state.files.all();
  std::erase_if(folders, [&files](std::string_view folder) {
    const auto below = files.lower_bound(std::string(folder) + "/");
    if (below != files.end() && IsWithin(below->first, folder)) return false;
    for (; folder.size() > 1; folder = ParentPath(folder)) {
      if (files.contains(folder)) return false;
    }
    return !files.contains("/");
  });
  return folders;
}

}  // namespace oakum
