#include "analyzer/cli/git_view.h"

#include <git2.h>

namespace oakum {

namespace {

constexpr int kMerged = 0;  // index stage of a file without conflict

// Starts libgit2 once, when the first repository is asked for.
void StartGit() {
  static const int started = [] {
    const int count = git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return count;
  }();
  (void)started;
}

}  // namespace

std::unique_ptr<GitView> GitView::Open(const std::string& folder) {
  StartGit();
  std::unique_ptr<GitView> view(new GitView);
  if (git_repository_open_ext(&view->repository_, folder.c_str(), 0, nullptr) != 0) return nullptr;
  const char* root = git_repository_workdir(view->repository_);
  if (root == nullptr) return nullptr;
  view->root_ = root;
  if (git_repository_index(&view->index_, view->repository_) != 0) view->index_ = nullptr;
  return view;
}

GitView::~GitView() {
  git_index_free(index_);
  git_repository_free(repository_);
}

bool GitView::Tracks(const std::string& file) const {
  if (index_ == nullptr) return false;
  if (git_index_get_bypath(index_, file.c_str(), kMerged) != nullptr) return true;
  size_t position = 0;  // a file in conflict has other stages only
  return git_index_find(&position, index_, file.c_str()) == 0;
}

bool GitView::TracksBelow(const std::string& folder) const {
  if (index_ == nullptr) return false;
  if (folder.empty()) return git_index_entrycount(index_) > 0;
  const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
  size_t position = 0;
  return git_index_find_prefix(&position, index_, prefix.c_str()) == 0;
}

bool GitView::Ignores(const std::string& path) const {
  int ignored = 0;
  return git_ignore_path_is_ignored(&ignored, repository_, path.c_str()) == 0 && ignored != 0;
}

}  // namespace oakum
