// Runs the built program in a folder of its own, for tests that see it as a user does.
//
//   TemporaryTree tree;
//   tree.Write("Dockerfile", "FROM x\n");
//   const Output output = RunOakum(tree, "scan Dockerfile");
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace oakum {

class TemporaryTree {
 public:
  TemporaryTree() {
    std::string name = (std::filesystem::temp_directory_path() / "oakum-test-XXXXXX").string();
    base_ = std::filesystem::canonical(mkdtemp(name.data()));
    std::filesystem::create_directory(root());
  }
  ~TemporaryTree() { std::filesystem::remove_all(base_); }
  TemporaryTree(const TemporaryTree&) = delete;
  TemporaryTree& operator=(const TemporaryTree&) = delete;

  std::filesystem::path root() const { return base_ / "tree"; }
  // A place outside of the tree, for captured streams.
  std::filesystem::path base() const { return base_; }

  void Write(const std::string& path, std::string_view text) const {
    std::filesystem::create_directories((root() / path).parent_path());
    std::ofstream(root() / path, std::ios::binary) << text;
  }
  static std::string Read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path base_;
};

struct Output {
  int status = -1;  // 128 + signal if one ended it
  std::string out;
  std::string err;
};

// Runs a shell command in the tree; "oakum" in it is the built program.
inline Output RunShell(const TemporaryTree& tree, const std::string& command) {
  const std::string out = (tree.base() / "out").string();
  const std::string err = (tree.base() / "err").string();
  const std::string line = "cd '" + tree.root().string() +
                           "' && unset NO_COLOR FORCE_COLOR; export GIT_CONFIG_GLOBAL=/dev/null "
                           "GIT_CONFIG_SYSTEM=/dev/null; oakum() { '" OAKUM_BINARY
                           "' \"$@\"; }; { " +
                           command + "; } >'" + out + "' 2>'" + err + "'";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          TemporaryTree::Read(out), TemporaryTree::Read(err)};
}

inline Output RunOakum(const TemporaryTree& tree, const std::string& arguments) {
  return RunShell(tree, "oakum " + arguments);
}

}  // namespace oakum
