// Which files a run reads.
//
// A file that is named is always read. A folder is walked in name order as git sees it: what git
// ignores is left out and not descended into, what git tracks is read even if an ignore rule
// matches it. `.git`, virtual environments, node_modules and repositories inside a repository that
// are no submodules of it are passed over, visibly and overridably. Links to folders are not
// followed; a link to a file reads that file once, under its own path, and under the link's as well
// where that is a credential file's: an upload of the link's folder takes it along.
//
// A credential file that git ignores is found all the same, and marked: an image build or an upload
// of its folder takes it along, whatever git thinks of it.
//
// Nothing is opened here but folders (and git's index and ignore files): what a file holds is the
// loader's business (load.h).
//
// Thread-safety: a pure function of the file system.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzer/base/file_system.h"
#include "analyzer/engine/scan.h"

namespace oakum {

struct InputFile {
  std::string path;        // relative to the working directory where it is below it
  bool untracked = false;  // in a repository, not in its index; of named files, said of credential
                           // files only
  bool named = false;      // on the command line, not found in a folder
  bool ignored = false;    // a credential file that git ignores
  bool link = false;       // a credential file by its name, a link to a file of the tree
  size_t number = 0;       // how many were found before it; numbers of repeats are left out
};

struct DiscoveryOptions {
  std::vector<std::string> exclude;  // globs in the syntax of .gitignore
  bool force_exclude = false;        // exclusions apply to named files too
  bool default_excludes = true;      // pass over virtual environments, node_modules and so on
  bool use_git = true;               // read ignore rules and the index through libgit2
  std::stop_token stop;
  // Told of each file once it is found, so that it can be read meanwhile; of some more than once.
  // The file stays where it is as long as the Discovery.
  std::function<void(const InputFile&)> on_file;
};

// A folder or file that was passed over on purpose.
struct Skipped {
  enum class Reason { kVirtualEnvironment, kNodeModules, kRepository, kExcluded, kLink, kBinary };
  Reason reason = Reason::kExcluded;
  std::string path;
};

struct Discovery {
  std::deque<InputFile> found;    // by number
  std::vector<InputFile*> files;  // of those each once, by path
  std::vector<Skipped> skipped;
  std::vector<Notification> notifications;
  bool failed = false;  // a path that was named cannot be read
};

// Adds to `found`, which is empty.
void Discover(const FileSystem& files, const std::vector<std::string>& paths,
              const DiscoveryOptions& options, Discovery& found);

}  // namespace oakum
