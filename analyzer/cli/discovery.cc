#include "analyzer/cli/discovery.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/cli/git_view.h"
#include "analyzer/cli/glob.h"
#include "analyzer/model/credential_file.h"

namespace oakum {

namespace {

std::string Join(const std::string& folder, const std::string& name) {
  if (folder.empty() || folder == ".") return name;
  std::string path;  // asked for every entry: allocated once
  path.reserve(folder.size() + 1 + name.size());
  path = folder;
  if (!path.ends_with('/')) path += '/';
  return path += name;
}

// Whether a folder that git ignores is worth a look for credential files. Others are not: they hold
// what builds made, as often as not thousands of files.
bool IsCredentialFolder(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames = {".aws",  ".config", ".docker",
                                                      ".kube", ".pip",    ".ssh"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         name.find("secret") != name.npos || name.find("credential") != name.npos;
}

bool Has(const std::vector<DirectoryEntry>& entries, std::string_view name) {
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), name,
                       [](const DirectoryEntry& e, std::string_view n) { return e.name < n; });
  return found != entries.end() && found->name == name;
}

// By what their paths begin with: those below the folder a are "a/...", and '/' is above '-' and
// '.'.
bool ComesFirst(const DirectoryEntry& a, const DirectoryEntry& b) {
  const size_t both = std::min(a.name.size(), b.name.size());
  if (const int compared = a.name.compare(0, both, b.name, 0, both); compared != 0) {
    return compared < 0;
  }
  const auto next = [both](const DirectoryEntry& entry) {
    if (both < entry.name.size())
      return static_cast<int>(static_cast<unsigned char>(entry.name[both]));
    return entry.kind == FileKind::kDirectory ? static_cast<int>('/') : -1;
  };
  return next(a) < next(b);
}

// A folder to walk: its path, and what it is called in the repository it belongs to.
struct Folder {
  std::string path;
  GitView* git = nullptr;  // null outside of repositories
  std::string git_path;    // relative to the repository's root; "" is the root
  bool named = false;
  bool ignored = false;  // below a named folder that git ignores: nothing here is tracked
};

// A folder that is being walked.
struct Listing {
  Folder folder;
  std::vector<DirectoryEntry> entries;
  size_t next = 0;
};

class Walker {
 public:
  Walker(const FileSystem& files, const DiscoveryOptions& options, Discovery& found)
      : files_(files), options_(options), globs_(options.exclude), found_(found) {
    if (const Result<std::string> here = files.Canonical(".")) here_ = *here;
  }

  void Name(const std::string& named) {
    if (named.empty()) {  // a variable of a script that is not set; "." would widen the scan
      Say(Notification::Level::kError, "", "an argument is empty and names no path");
      found_.failed = true;
      return;
    }
    std::string path = Shown(CleanPath(named));
    if (path == here_) path = ".";
    const Result<FileInfo> info = files_.Stat(path);
    if (!info) {
      Say(Notification::Level::kError, path, info.error().message);
      found_.failed = true;
    } else if (info->kind == FileKind::kDirectory) {
      if (const Result<std::string> root = files_.Canonical(path)) roots_.push_back(*root + "/");
      Walk(path);
    } else {
      NameFile(path);
    }
  }

  // Files behind links, unless they have been found under their own names.
  void ResolveLinks() {
    if (links_.empty()) return;
    std::set<std::string, std::less<>> seen;
    for (const InputFile& file : found_.found) {
      if (!file.ignored) seen.insert(file.path);
    }
    for (const std::string& link : links_) {
      const Result<std::string> target = files_.Canonical(link);
      const Result<FileInfo> info = files_.Stat(link);
      const bool file = target && info && info->kind == FileKind::kRegular;
      if (file && IsBelowRoot(*target) && CredentialFileAt(link)) {
        Found({.path = link, .link = true});
      }
      if (file && seen.insert(Shown(*target)).second) {
        Found({.path = Shown(*target)});
      } else {
        found_.skipped.push_back({Skipped::Reason::kLink, link});
      }
    }
  }

 private:
  void Found(InputFile file) {
    file.number = found_.found.size();
    const InputFile& kept = found_.found.emplace_back(std::move(file));
    if (options_.on_file) options_.on_file(kept);
  }

  void Say(Notification::Level level, const std::string& path, const std::string& reason) {
    found_.notifications.push_back({level, path, fmt::format("Not read: {}.", reason), {}});
  }

  // A cleaned path as reports name it: relative to the working directory where it is below it.
  std::string Shown(const std::string& path) const {
    const std::string prefix = here_ == "/" ? here_ : here_ + "/";
    return path.starts_with(prefix) && !here_.empty() ? path.substr(prefix.size()) : path;
  }

  bool IsBelowRoot(const std::string& canonical) const {
    return std::any_of(roots_.begin(), roots_.end(), [&canonical](const std::string& root) {
      return canonical.starts_with(root);
    });
  }

  void NameFile(const std::string& path) {
    if (options_.force_exclude && IsExcludedFile(path)) {
      found_.skipped.push_back({Skipped::Reason::kExcluded, path});
      return;
    }
    InputFile file = {.path = path, .named = true};
    const Result<std::string> folder =
        files_.Canonical(ParentPath(path).empty() ? "." : std::string(ParentPath(path)));
    const Result<std::string> canonical = files_.Canonical(path);
    const std::string name(BaseName(path));
    if (folder && canonical && *canonical != Join(*folder, name)) {
      file.path = Shown(*canonical);  // a link: code scanning shows no results behind one
    }
    // Only rules about the modes of credential files ask, and a repository costs time to open.
    if (options_.use_git && folder && CredentialFileAt(path)) {
      if (GitView* git = Repository(*folder)) {
        file.untracked = !git->Tracks(Join(*folder, name).substr(git->root().size()));
      }
    }
    Found(std::move(file));
  }

  bool IsExcludedFile(std::string_view path) const {
    if (globs_.ExcludesFile(path)) return true;
    if (!options_.default_excludes) return false;
    const std::string slashed = fmt::format("/{}", path);
    return slashed.find("/node_modules/") != slashed.npos ||
           slashed.find("/site-packages/") != slashed.npos;
  }

  // The repository that an absolute path lies in; opened once.
  GitView* Repository(const std::string& folder) {
    for (const auto& git : repositories_) {
      if ((folder + "/").starts_with(git->root()) && !files_.Stat(Join(folder, ".git"))) {
        return git.get();
      }
    }
    std::unique_ptr<GitView> git = GitView::Open(folder);
    if (!git) return nullptr;
    repositories_.push_back(std::move(git));
    return repositories_.back().get();
  }

  Folder Start(const std::string& path) {
    Folder folder = {path, nullptr, "", true, false};
    const Result<std::string> canonical = files_.Canonical(path);
    if (!options_.use_git || !canonical) return folder;
    GitView* git = Repository(*canonical);
    if (git == nullptr) return folder;
    const std::string slashed = *canonical + "/";
    folder.git_path = slashed.substr(std::min(git->root().size(), slashed.size()));
    if (!folder.git_path.empty()) folder.git_path.pop_back();
    // Who names an ignored folder wants it read.
    folder.ignored = !folder.git_path.empty() && !git->TracksBelow(folder.git_path) &&
                     git->Ignores(folder.git_path + "/");
    if (!folder.ignored) folder.git = git;
    return folder;
  }

  // Depth first, in the order of paths: what is found need not be sorted.
  void Walk(const std::string& path) {
    std::vector<Listing> open;
    Enter(Start(path), open);
    while (!open.empty() && !options_.stop.stop_requested()) {
      Listing& here = open.back();
      if (here.next == here.entries.size()) {
        open.pop_back();
      } else if (auto below = Visit(here.folder, here.entries[here.next++])) {
        Enter(std::move(*below), open);
      }
    }
  }

  // Lists `folder` unless it is passed over.
  void Enter(Folder folder, std::vector<Listing>& open) {
    auto entries = files_.List(folder.path);
    if (!entries) {
      Say(folder.named ? Notification::Level::kError : Notification::Level::kWarning, folder.path,
          entries.error().message);
      found_.failed |= folder.named;
      return;
    }
    if (!folder.named && options_.default_excludes &&
        (Has(*entries, "pyvenv.cfg") || Has(*entries, "conda-meta"))) {
      found_.skipped.push_back({Skipped::Reason::kVirtualEnvironment, folder.path});
      return;
    }
    if (!folder.named && options_.use_git && Has(*entries, ".git")) {
      const bool submodule = folder.git == nullptr || folder.git->Tracks(folder.git_path);
      if (!submodule && options_.default_excludes) {
        found_.skipped.push_back({Skipped::Reason::kRepository, folder.path});
        return;
      }
      EnterRepository(folder);
    }
    std::sort(entries->begin(), entries->end(), ComesFirst);
    open.push_back({std::move(folder), std::move(*entries)});
  }

  // A submodule or a repository inside another has its own index and rules.
  void EnterRepository(Folder& folder) {
    const Result<std::string> canonical = files_.Canonical(folder.path);
    GitView* git = canonical ? Repository(*canonical) : nullptr;
    if (git == nullptr || git->root() != *canonical + "/") return;
    folder.git = git;
    folder.ignored = false;
    folder.git_path.clear();
  }

  // Returns the folder that the entry is, if it is to be walked.
  std::optional<Folder> Visit(const Folder& folder, const DirectoryEntry& entry) {
    std::string path = Join(folder.path, entry.name);
    const bool is_folder = entry.kind == FileKind::kDirectory;
    if (entry.name == ".git") return std::nullopt;
    const std::string git_path = folder.git ? Join(folder.git_path, entry.name) : "";
    bool tracked = false;
    if (folder.git) {
      tracked = is_folder ? folder.git->TracksBelow(git_path) : folder.git->Tracks(git_path);
      if (!tracked && folder.git->Ignores(is_folder ? git_path + "/" : git_path)) {
        VisitIgnored(path, entry, 0);
        return std::nullopt;
      }
    }
    if (!globs_.empty() && globs_.Matches(path, is_folder)) {
      found_.skipped.push_back({Skipped::Reason::kExcluded, std::move(path)});
    } else if (is_folder) {
      if (options_.default_excludes && entry.name == "node_modules") {
        found_.skipped.push_back({Skipped::Reason::kNodeModules, std::move(path)});
      } else if (options_.default_excludes && entry.name == "site-packages") {
        found_.skipped.push_back({Skipped::Reason::kVirtualEnvironment, std::move(path)});
      } else {
        return Folder{std::move(path), folder.git, git_path, false, folder.ignored};
      }
    } else if (entry.kind == FileKind::kSymlink) {
      links_.push_back(std::move(path));
    } else if (entry.kind == FileKind::kRegular) {
      const bool untracked = folder.ignored || (folder.git != nullptr && !tracked);
      Found({.path = std::move(path), .untracked = untracked});
    } else {
      Say(Notification::Level::kWarning, path, "is a pipe, a socket or a device");
    }
    return std::nullopt;
  }

  // Credential files alone are taken from what git ignores.
  void VisitIgnored(const std::string& path, const DirectoryEntry& entry, int depth) {
    constexpr int kMaxDepth = 4;
    const bool is_folder = entry.kind == FileKind::kDirectory;
    if (!globs_.empty() && globs_.Matches(path, is_folder)) return;
    if (entry.kind == FileKind::kRegular && CredentialFileAt(path)) {
      Found({.path = path, .untracked = true, .ignored = true});
    }
    if (!is_folder || depth > kMaxDepth || (depth == 0 && !IsCredentialFolder(entry.name))) return;
    const auto entries = files_.List(path);
    if (!entries) return;
    for (const DirectoryEntry& below : *entries) {
      VisitIgnored(Join(path, below.name), below, depth + 1);
    }
  }

  const FileSystem& files_;
  const DiscoveryOptions& options_;
  const Globs globs_;
  Discovery& found_;
  std::string here_;  // the working directory, absolute
  std::vector<std::unique_ptr<GitView>> repositories_;
  std::vector<std::string> roots_;  // the folders that were named, canonical, with a '/' behind
  std::vector<std::string> links_;
};

// By path. A file that is named and found in a folder too counts as named.
std::vector<InputFile*> EachOnce(std::deque<InputFile>& found) {
  std::vector<InputFile*> files;
  files.reserve(found.size());
  for (InputFile& file : found) files.push_back(&file);
  const auto precedes = [](const InputFile* a, const InputFile* b) {
    if (const int compared = a->path.compare(b->path); compared != 0) return compared < 0;
    return a->named != b->named ? a->named : a->ignored < b->ignored;
  };
  const auto same = [](const InputFile* a, const InputFile* b) { return a->path == b->path; };
  // One folder is walked in this order.
  if (!std::is_sorted(files.begin(), files.end(), precedes)) {
    std::sort(files.begin(), files.end(), precedes);
  }
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
  return files;
}

}  // namespace

void Discover(const FileSystem& files, const std::vector<std::string>& paths,
              const DiscoveryOptions& options, Discovery& found) {
  Walker walker(files, options, found);
  for (const std::string& path : paths) walker.Name(path);
  walker.ResolveLinks();
  found.files = EachOnce(found.found);
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  std::sort(found.skipped.begin(), found.skipped.end(), by_path);
}

}  // namespace oakum
