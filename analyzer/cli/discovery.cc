#include "analyzer/cli/discovery.h"

#include <algorithm>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

std::string Join(const std::string& folder, const std::string& name) {
  if (folder == ".") return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

class Walker {
 public:
  Walker(const FileSystem& files, const DiscoveryOptions& options, Discovery& found)
      : files_(files), options_(options), found_(found) {}

  void Walk(const std::string& root) {
    std::vector<std::string> folders = {root};
    while (!folders.empty() && !options_.stop.stop_requested()) {
      const std::string folder = std::move(folders.back());
      folders.pop_back();
      const auto entries = files_.List(folder);
      if (!entries) {
        found_.notifications.push_back({Notification::Level::kWarning,
                                        folder,
                                        "Not read: " + entries.error().message + ".",
                                        {}});
        continue;
      }
      for (const DirectoryEntry& entry : *entries) Visit(folder, entry, folders);
    }
  }

 private:
  void Visit(const std::string& folder, const DirectoryEntry& entry,
             std::vector<std::string>& folders) {
    std::string path = Join(folder, entry.name);
    if (entry.kind == FileKind::kDirectory) {
      if (entry.name == ".git") return;
      if (options_.default_excludes && entry.name == "node_modules") {
        found_.skipped.push_back({Skipped::Reason::kNodeModules, std::move(path)});
      } else {
        folders.push_back(std::move(path));
      }
    } else if (entry.kind == FileKind::kRegular) {
      found_.files.push_back({path, path, false, false});
    }
  }

  const FileSystem& files_;
  const DiscoveryOptions& options_;
  Discovery& found_;
};

}  // namespace

Discovery Discover(const FileSystem& files, const std::vector<std::string>& paths,
                   const DiscoveryOptions& options) {
  Discovery found;
  Walker walker(files, options, found);
  for (const std::string& named : paths) {
    const std::string path = CleanPath(named);
    const Result<FileInfo> info = files.Stat(path);
    if (!info) {
      found.notifications.push_back(
          {Notification::Level::kError, path, "Not read: " + info.error().message + ".", {}});
      found.failed = true;
    } else if (info->kind == FileKind::kDirectory) {
      walker.Walk(path);
    } else {
      found.files.push_back({path, path, false, true});
    }
  }
  std::sort(found.files.begin(), found.files.end(),
            [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
  found.files.erase(
      std::unique(found.files.begin(), found.files.end(),
                  [](const InputFile& a, const InputFile& b) { return a.path == b.path; }),
      found.files.end());
  return found;
}

}  // namespace oakum
