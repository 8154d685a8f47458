#include "analyzer/cli/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/base/memory_file_system.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<InputFile> Named(const std::vector<std::string>& paths, bool named = false) {
  std::vector<InputFile> inputs;
  for (const std::string& path : paths) {
    inputs.push_back({.path = path, .named = named, .number = inputs.size()});
  }
  return inputs;
}

Loaded Load(const FileSystem& files, std::vector<InputFile> inputs, unsigned jobs) {
  std::vector<InputFile*> all;
  Loader loader(files, jobs, {});
  for (InputFile& input : inputs) {
    loader.Add(input);
    all.push_back(&input);
  }
  return loader.Finish(all);
}

TEST(LoadTest, ReadsWhatMatters) {
  MemoryFileSystem files;
  files.Add("Dockerfile", "FROM x\n", 0600);
  files.Add("main.go", "package main\n");
  files.Add("link.md", "see https://user:pass@host/x\n");
  const Loaded loaded = Load(files, Named({"Dockerfile", "link.md", "main.go"}), 2);
  EXPECT_EQ(loaded.files, 3u);
  EXPECT_EQ(loaded.bytes, 7u + 29u + 13u);
  ASSERT_EQ(loaded.documents.size(), 2u);
  EXPECT_EQ(loaded.documents[0]->path(), "Dockerfile");
  EXPECT_EQ(loaded.documents[0]->mode(), 0600u);
  EXPECT_EQ(loaded.documents[0]->language(), Language::kDockerfile);
  EXPECT_EQ(loaded.documents[1]->path(), "link.md");
}

TEST(LoadTest, IgnoredFilesAreReadWithoutAWord) {
  MemoryFileSystem files;
  files.Add(".netrc", "machine a login b password c\n");
  std::vector<InputFile> inputs = Named({".netrc", "gone/.netrc"});
  for (InputFile& input : inputs) input.ignored = true;
  const Loaded loaded = Load(files, inputs, 1);
  ASSERT_EQ(loaded.documents.size(), 1u);
  EXPECT_TRUE(loaded.documents[0]->ignored());
  EXPECT_EQ(loaded.files, 0u);
  EXPECT_TRUE(loaded.notifications.empty());
}

TEST(LoadTest, AFileThatVanishesIsSaid) {
  MemoryFileSystem files;
  files.Add("a.sh", "true\n");
  const Loaded walked = Load(files, Named({"a.sh", "gone.sh"}), 1);
  EXPECT_EQ(walked.files, 1u);
  EXPECT_FALSE(walked.failed);
  ASSERT_EQ(walked.notifications.size(), 1u);
  EXPECT_EQ(walked.notifications[0].path, "gone.sh");
  EXPECT_EQ(walked.notifications[0].level, Notification::Level::kWarning);
  EXPECT_THAT(walked.notifications[0].message, HasSubstr("No such file"));
  EXPECT_TRUE(Load(files, Named({"gone.sh"}, true), 1).failed);
}

TEST(LoadTest, BinaryFiles) {
  MemoryFileSystem files;
  files.Add("a.bin", std::string("\0x", 2));
  files.Add("b.sh", std::string("\0x", 2));
  const Loaded loaded = Load(files, Named({"a.bin", "b.sh"}), 1);
  EXPECT_EQ(loaded.files, 0u);
  EXPECT_THAT(loaded.binary, ElementsAre("a.bin"));
  ASSERT_EQ(loaded.notifications.size(), 1u);
  EXPECT_EQ(loaded.notifications[0].path, "b.sh");
}

TEST(LoadTest, GivesWhatIsKeptInItsOrder) {
  MemoryFileSystem files;
  files.Add("a.sh", "true\n");
  files.Add("b.sh", "true\n");
  files.Add("c.sh", "true\n");
  std::vector<InputFile> found = Named({"a.sh", "b.sh", "c.sh"});
  Loader loader(files, 3, {});
  for (const InputFile& input : found) loader.Add(input);
  const Loaded loaded = loader.Finish(std::vector{&found[2], &found[0]});
  ASSERT_EQ(loaded.documents.size(), 2u);
  EXPECT_EQ(loaded.documents[0]->path(), "c.sh");
  EXPECT_EQ(loaded.documents[1]->path(), "a.sh");
  EXPECT_EQ(loaded.files, 2u);
}

TEST(LoadTest, Utf16IsReadAndSaid) {
  Loaded loaded;
  LoadText("x.sh", std::string("\xff\xfel\0s\0", 6), loaded);
  ASSERT_EQ(loaded.documents.size(), 1u);
  EXPECT_EQ(loaded.documents[0]->source().text(), "ls");
  EXPECT_EQ(loaded.bytes, 6u);
  ASSERT_EQ(loaded.notifications.size(), 1u);
  EXPECT_EQ(loaded.notifications[0].level, Notification::Level::kNote);
}

}  // namespace
}  // namespace oakum
