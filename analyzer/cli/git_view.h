// A git repository as discovery needs it: what its index has and what its ignore rules say.
//
// Read-only and through libgit2: no hook, filter or command of the repository runs. Ownership is
// not checked (CI containers often scan a tree of another user), which is safe for reading an
// index. Symlinks in `folder` must be resolved. Paths are relative to root(), with '/' separators.
//
// Thread-safety: for one thread.
#pragma once

#include <memory>
#include <string>

struct git_index;
struct git_repository;

namespace oakum {

class GitView {
 public:
  // The repository that the absolute path `folder` lies in; null if there is none with a work tree,
  // or it cannot be read.
  static std::unique_ptr<GitView> Open(const std::string& folder);
  ~GitView();
  GitView(const GitView&) = delete;
  GitView& operator=(const GitView&) = delete;

  // The work tree, absolute, ending in '/'.
  const std::string& root() const { return root_; }
  bool Tracks(const std::string& file) const;
  // Whether the index has a file in `folder` or below. "" is the root.
  bool TracksBelow(const std::string& folder) const;
  // Whether the ignore rules match; folders end in '/'.
  bool Ignores(const std::string& path) const;

 private:
  GitView() = default;

  git_repository* repository_ = nullptr;
  git_index* index_ = nullptr;
  std::string root_;
};

}  // namespace oakum
