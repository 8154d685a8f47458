#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "analyzer/base/file_system.h"

namespace oakum {
namespace {

class DiskFileSystemTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "oakum-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& text) {
    std::ofstream(folder_ / "file") << text;
    return (folder_ / "file").string();
  }

  std::filesystem::path folder_;
  const std::unique_ptr<FileSystem> files_ = NewDiskFileSystem();
  std::string buffer_;
};

// Around the size of the one read that is tried on a listed file, in a buffer that other files have
// been in.
TEST_F(DiskFileSystemTest, AListedFileReadsAsAnyOther) {
  for (const size_t size : {0u, 1u, 65535u, 65536u, 65537u, 200000u, 10u}) {
    const std::string text(size, size % 2 == 0 ? 'a' : 'b');
    const std::string path = Write(text);
    for (const FileKind listed : {FileKind::kRegular, FileKind::kOther}) {
      const Result<std::string_view> content = files_->ReadInto(path, 1 << 20, listed, buffer_);
      ASSERT_TRUE(content.has_value()) << size;
      EXPECT_TRUE(*content == text) << size;
    }
  }
}

TEST_F(DiskFileSystemTest, AListedFileMayBeTooLarge) {
  const std::string path = Write(std::string(101, 'a'));
  EXPECT_TRUE(files_->ReadInto(path, 101, FileKind::kRegular, buffer_).has_value());
  const auto content = files_->ReadInto(path, 100, FileKind::kRegular, buffer_);
  ASSERT_FALSE(content.has_value());
  EXPECT_EQ(content.error().message, "is larger than 100 bytes");
}

// Somebody may have put it there since the folder was listed.
TEST_F(DiskFileSystemTest, APipeInThePlaceOfAListedFileIsRefused) {
  const std::string path = (folder_ / "pipe").string();
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const auto content = files_->ReadInto(path, 100, FileKind::kRegular, buffer_);
  ASSERT_FALSE(content.has_value());
  EXPECT_EQ(content.error().message, "is a named pipe");
}

}  // namespace
}  // namespace oakum
