#include "analyzer/engine/project.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::unique_ptr<Document> File(std::string path, Tracking tracking = Tracking::kTracked) {
  return std::make_unique<Document>(std::make_unique<Source>(std::move(path), ""),
                                    Language::kUnknown, 0644, tracking);
}

Project Tree() {
  std::vector<std::unique_ptr<Document>> documents;
  documents.push_back(File("app/main.py"));
  documents.push_back(File("app/.netrc", Tracking::kIgnored));
  documents.push_back(File("app-data/.pypirc"));
  documents.push_back(File(".netrc", Tracking::kUntracked));
  return Project(std::move(documents), {"app/x.bin", "app/main.py", "README"});
}

std::vector<std::string> Paths(const std::vector<const Document*>& documents) {
  std::vector<std::string> paths;
  for (const Document* document : documents) paths.push_back(document->path());
  return paths;
}

TEST(ProjectTest, IgnoredFilesAreNoDocuments) {
  const Project project = Tree();
  EXPECT_EQ(project.documents().size(), 3u);
  EXPECT_EQ(project.Find("app/.netrc"), nullptr);
  EXPECT_NE(project.Find(".netrc"), nullptr);
  EXPECT_THAT(Paths(project.Of(Language::kUnknown)),
              ElementsAre(".netrc", "app-data/.pypirc", "app/main.py"));
}

TEST(ProjectTest, TheTreeHasFilesThatAreNoDocuments) {
  const Project project = Tree();
  for (const char* path : {"README", "app/x.bin", "app/main.py", "app/.netrc"}) {
    EXPECT_TRUE(project.Exists(path)) << path;
  }
  EXPECT_FALSE(project.Exists("app"));
  EXPECT_FALSE(project.Exists("app/none"));
  EXPECT_THAT(project.FilesBelow("app"), ElementsAre("app/.netrc", "app/main.py", "app/x.bin"));
  EXPECT_EQ(project.FilesBelow("").size(), 6u);
  EXPECT_EQ(project.FilesBelow(".").size(), 6u);
  EXPECT_THAT(project.FilesBelow("none"), IsEmpty());
}

TEST(ProjectTest, CredentialFilesOfAFolder) {
  const Project project = Tree();
  EXPECT_THAT(Paths(project.CredentialFilesBelow("")),
              ElementsAre(".netrc", "app-data/.pypirc", "app/.netrc"));
  EXPECT_THAT(Paths(project.CredentialFilesBelow("app")), ElementsAre("app/.netrc"));
  EXPECT_THAT(project.CredentialFilesBelow("other"), IsEmpty());
  ASSERT_NE(project.CredentialFile("app/.netrc"), nullptr);
  EXPECT_TRUE(project.CredentialFile("app/.netrc")->ignored());
  EXPECT_FALSE(project.CredentialFile(".netrc")->ignored());
  EXPECT_EQ(project.CredentialFile("app/main.py"), nullptr);
}

}  // namespace
}  // namespace oakum
