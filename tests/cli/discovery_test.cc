#include "analyzer/cli/discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/base/memory_file_system.h"
#include "tests/cli/run_oakum.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> Paths(const Discovery& found) {
  std::vector<std::string> paths;
  for (const InputFile* file : found.files) paths.push_back(file->path);
  return paths;
}

std::vector<std::string> SkippedPaths(const Discovery& found) {
  std::vector<std::string> paths;
  for (const Skipped& skipped : found.skipped) paths.push_back(skipped.path);
  return paths;
}

DiscoveryOptions WithoutGit() {
  DiscoveryOptions options;
  options.use_git = false;
  return options;
}

Discovery Find(const FileSystem& files, const std::vector<std::string>& paths,
               const DiscoveryOptions& options) {
  Discovery found;
  Discover(files, paths, options, found);
  return found;
}

MemoryFileSystem Tree(const std::vector<std::string>& paths) {
  MemoryFileSystem files;
  for (const std::string& path : paths) files.Add(path, "x");
  return files;
}

TEST(DiscoveryTest, FoldersAreWalkedInOrderAndFilesFoundOnce) {
  const MemoryFileSystem files = Tree({"b/z", "b/a", "a", "c.yaml"});
  const Discovery found = Find(files, {"b", ".", "b/a", "./a"}, WithoutGit());
  EXPECT_THAT(Paths(found), ElementsAre("a", "b/a", "b/z", "c.yaml"));
  EXPECT_TRUE(found.files[0]->named);
  EXPECT_TRUE(found.files[1]->named);
  EXPECT_FALSE(found.files[2]->named);
  EXPECT_FALSE(found.failed);
}

TEST(DiscoveryTest, NothingIsUntrackedWhereThereIsNoRepository) {
  const MemoryFileSystem files = Tree({".netrc", "a"});
  const Discovery found = Find(files, {"."}, WithoutGit());
  for (const InputFile& file : found.found) {
    EXPECT_FALSE(file.untracked) << file.path;
  }
}

TEST(DiscoveryTest, DependenciesArePassedOverVisibly) {
  const MemoryFileSystem files =
      Tree({"a.py", "web/node_modules/x/y.js", "venv/pyvenv.cfg", "venv/bin/x",
            "conda/conda-meta/x", "lib/site-packages/z.py", ".git/config"});
  const Discovery found = Find(files, {"."}, WithoutGit());
  EXPECT_THAT(Paths(found), ElementsAre("a.py"));
  EXPECT_THAT(SkippedPaths(found),
              ElementsAre("conda", "lib/site-packages", "venv", "web/node_modules"));

  DiscoveryOptions all = WithoutGit();
  all.default_excludes = false;
  EXPECT_EQ(Find(files, {"."}, all).files.size(), 6u);  // .git is never walked
  // Who names it means it.
  EXPECT_THAT(Paths(Find(files, {"venv"}, WithoutGit())),
              ElementsAre("venv/bin/x", "venv/pyvenv.cfg"));
}

TEST(DiscoveryTest, Exclude) {
  const MemoryFileSystem files = Tree({"a.md", "docs/b.md", "docs/c.yaml", "gen/d.yaml"});
  DiscoveryOptions options = WithoutGit();
  options.exclude = {"*.md", "gen/"};
  const Discovery found = Find(files, {".", "a.md"}, options);
  EXPECT_THAT(Paths(found), ElementsAre("a.md", "docs/c.yaml"));
  options.force_exclude = true;
  EXPECT_THAT(Paths(Find(files, {"a.md", "gen/d.yaml", "docs/c.yaml"}, options)),
              ElementsAre("docs/c.yaml"));
}

TEST(DiscoveryTest, NamedFilesInDependenciesAreReadUnlessExclusionsAreForced) {
  const MemoryFileSystem files = Tree({"node_modules/a/x.sh"});
  DiscoveryOptions options = WithoutGit();
  EXPECT_THAT(Paths(Find(files, {"node_modules/a/x.sh"}, options)),
              ElementsAre("node_modules/a/x.sh"));
  options.force_exclude = true;
  EXPECT_THAT(Paths(Find(files, {"node_modules/a/x.sh"}, options)), IsEmpty());
}

TEST(DiscoveryTest, MissingPathFailsAndTheRestIsRead) {
  const Discovery found = Find(Tree({"a"}), {"nope", "a"}, WithoutGit());
  EXPECT_THAT(Paths(found), ElementsAre("a"));
  EXPECT_TRUE(found.failed);
  ASSERT_EQ(found.notifications.size(), 1u);
  EXPECT_EQ(found.notifications[0].level, Notification::Level::kError);
  EXPECT_EQ(found.notifications[0].path, "nope");
}

class GitDiscoveryTest : public testing::Test {
 protected:
  void SetUp() override { Git("init -q"); }
  void Git(const std::string& arguments) {
    const Output output =
        RunShell(tree_, "git -c user.name=a -c user.email=a@example.com " + arguments);
    ASSERT_EQ(output.status, 0) << output.err;
  }
  // With paths as seen from the tree's root.
  Discovery Find(const std::string& path, const DiscoveryOptions& options = {}) {
    const std::unique_ptr<FileSystem> files = NewDiskFileSystem();
    Discovery found = oakum::Find(*files, {(tree_.root() / path).string()}, options);
    const std::string prefix = tree_.root().string() + "/";
    for (InputFile& file : found.found) file.path = file.path.substr(prefix.size());
    for (Skipped& skipped : found.skipped) skipped.path = skipped.path.substr(prefix.size());
    return found;
  }

  TemporaryTree tree_;
};

TEST_F(GitDiscoveryTest, IgnoredFilesAreLeftOutUnlessTracked) {
  tree_.Write(".gitignore", "*.log\nout/\n!keep.log\n");
  tree_.Write("a.log", "x");
  tree_.Write("keep.log", "x");
  tree_.Write("tracked.log", "x");
  tree_.Write("out/lost", "x");
  tree_.Write("out/deep/tracked", "x");
  tree_.Write("sub/.gitignore", "secret\n");
  tree_.Write("sub/secret", "x");
  tree_.Write("sub/new", "x");
  Git("add -f .gitignore tracked.log out/deep/tracked sub/.gitignore");
  const Discovery found = Find("");
  EXPECT_THAT(Paths(found), ElementsAre(".gitignore", "keep.log", "out/deep/tracked",
                                        "sub/.gitignore", "sub/new", "tracked.log"));
  for (const InputFile& file : found.found) {
    EXPECT_EQ(file.untracked, file.path == "keep.log" || file.path == "sub/new") << file.path;
  }
}

TEST_F(GitDiscoveryTest, IgnoredCredentialFilesAreFoundAndMarked) {
  tree_.Write(".gitignore", ".netrc\nout/\n.aws/\n.env.example\n");
  tree_.Write(".netrc", "x");
  tree_.Write(".env.example", "x");
  tree_.Write("out/.netrc", "x");  // a folder of build products
  tree_.Write(".aws/credentials", "x");
  tree_.Write(".aws/config", "x");
  tree_.Write("read/.pypirc", "x");
  const Discovery found = Find("");
  EXPECT_THAT(Paths(found),
              ElementsAre(".aws/credentials", ".gitignore", ".netrc", "read/.pypirc"));
  for (const InputFile& file : found.found) {
    EXPECT_EQ(file.ignored, file.path == ".aws/credentials" || file.path == ".netrc") << file.path;
  }
  EXPECT_THAT(found.skipped, IsEmpty());
}

TEST_F(GitDiscoveryTest, FoldersBelowTheRoot) {
  tree_.Write(".gitignore", "/sub/ignored\n");
  tree_.Write("sub/ignored", "x");
  tree_.Write("sub/read", "x");
  EXPECT_THAT(Paths(Find("sub")), ElementsAre("sub/read"));
}

TEST_F(GitDiscoveryTest, AnIgnoredFolderThatIsNamedIsRead) {
  tree_.Write(".gitignore", "out/\n");
  tree_.Write("out/a", "x");
  EXPECT_THAT(Paths(Find("out")), ElementsAre("out/a"));
  EXPECT_THAT(Paths(Find("out/a")), ElementsAre("out/a"));
  EXPECT_TRUE(Find("out").files[0]->untracked);
}

TEST_F(GitDiscoveryTest, ARepositoryInsideIsPassedOver) {
  tree_.Write("inner/.gitignore", "*.tmp\n");
  tree_.Write("inner/a.tmp", "x");
  tree_.Write("inner/b", "x");
  tree_.Write("a.tmp", "x");
  Git("init -q inner");
  Git("-C inner add b");
  const Discovery outer = Find("");
  EXPECT_THAT(Paths(outer), ElementsAre("a.tmp"));
  ASSERT_EQ(outer.skipped.size(), 1u);
  EXPECT_EQ(outer.skipped[0].path, "inner");
  EXPECT_EQ(outer.skipped[0].reason, Skipped::Reason::kRepository);
  // By rules of its own if asked for.
  DiscoveryOptions options;
  options.default_excludes = false;
  const Discovery all = Find("", options);
  EXPECT_THAT(Paths(all), ElementsAre("a.tmp", "inner/.gitignore", "inner/b"));
  EXPECT_FALSE(all.files[2]->untracked);
  EXPECT_THAT(Paths(Find("inner")), ElementsAre("inner/.gitignore", "inner/b"));
}

TEST_F(GitDiscoveryTest, SubmodulesAreRead) {
  tree_.Write("inner/b", "x");
  Git("init -q inner");
  Git("-C inner add b");
  Git("-C inner commit -qm b");
  Git("-c advice.addEmbeddedRepo=false add inner");
  EXPECT_THAT(Paths(Find("")), ElementsAre("inner/b"));
}

TEST_F(GitDiscoveryTest, NamedCredentialFilesKnowWhetherTheyAreTracked) {
  tree_.Write("a/.netrc", "x");
  tree_.Write("b/.netrc", "x");
  Git("add a");
  EXPECT_FALSE(Find("a/.netrc").files[0]->untracked);
  EXPECT_TRUE(Find("b/.netrc").files[0]->untracked);
}

TEST_F(GitDiscoveryTest, Links) {
  namespace fs = std::filesystem;
  tree_.Write("real/Dockerfile", "x");
  tree_.Write("ignored.sh", "x");
  tree_.Write(".gitignore", "ignored.sh\n");
  fs::create_directory_symlink(".", tree_.root() / "loop");
  fs::create_symlink("self", tree_.root() / "self");
  fs::create_symlink("real/Dockerfile", tree_.root() / "Dockerfile");
  fs::create_symlink("ignored.sh", tree_.root() / "link.sh");
  const Discovery found = Find("");
  EXPECT_THAT(Paths(found), ElementsAre(".gitignore", "ignored.sh", "real/Dockerfile"));
  EXPECT_THAT(SkippedPaths(found), UnorderedElementsAre("loop", "self", "Dockerfile"));
  EXPECT_THAT(Paths(Find("Dockerfile")), ElementsAre("real/Dockerfile"));
}

}  // namespace
}  // namespace oakum
