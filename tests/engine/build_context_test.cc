#include "analyzer/engine/build_context.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/left_files.h"
#include "analyzer/model/context_source.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct File {
  std::string path;
  std::string text;
};

Project Tree(const std::vector<File>& files) {
  std::vector<std::unique_ptr<Document>> documents;
  for (const File& file : files) {
    documents.push_back(std::make_unique<Document>(std::make_unique<Source>(file.path, file.text),
                                                   LanguageOf(file.path, file.text)));
  }
  return Project(std::move(documents));
}

std::string Describe(const BuildSite& site) {
  return (site.dockerfile ? site.dockerfile->path() : "-") + " in " + site.context +
         (site.local ? "" : " (remote)");
}

std::vector<std::string> Sites(const std::vector<File>& files) {
  const Project project = Tree(files);
  std::vector<std::string> sites;
  for (const BuildSite& site : FindBuildSites(project)) sites.push_back(Describe(site));
  return sites;
}

TEST(BuildSitesTest, ScriptsFollowTheirWorkingDirectory) {
  const File dockerfile = {"services/api/Dockerfile", "FROM x\n"};
  EXPECT_THAT(Sites({{"build.sh", "cd services/api\ndocker build .\n"}, dockerfile}),
              ElementsAre("services/api/Dockerfile in services/api"));
  EXPECT_THAT(Sites({{"ci/build.sh", "docker build -f services/api/Dockerfile .\n"}, dockerfile}),
              ElementsAre("services/api/Dockerfile in ."));
  EXPECT_THAT(Sites({{"build.sh", "(cd tools && make)\ndocker build services/api\n"}, dockerfile}),
              ElementsAre("services/api/Dockerfile in services/api"));
  EXPECT_THAT(
      Sites({{"ci/b.sh", "cd \"$(dirname \"$0\")/..\"\ndocker build services/api\n"}, dockerfile}),
      ElementsAre("services/api/Dockerfile in services/api"));
  EXPECT_THAT(Sites({{"build.sh", "docker build https://example.net/x.git\n"}, dockerfile}),
              ElementsAre("- in . (remote)"));
}

TEST(BuildSitesTest, WorkflowsAndComposeFiles) {
  const File dockerfile = {"api/Dockerfile", "FROM x\n"};
  const std::string head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
  EXPECT_THAT(
      Sites({{".github/workflows/a.yml", head + "      - uses: docker/build-push-action@v6\n"
                                                "        with: {context: api}\n"},
             dockerfile}),
      ElementsAre("api/Dockerfile in api"));
  EXPECT_THAT(
      Sites({{".github/workflows/a.yml", head + "      - uses: docker/build-push-action@v6\n"
                                                "        with: {file: api/Dockerfile}\n"},
             dockerfile}),
      ElementsAre("api/Dockerfile in . (remote)"));
  EXPECT_THAT(Sites({{".github/workflows/a.yml", head + "      - uses: actions/checkout@v4\n"
                                                        "        with: {path: src}\n"
                                                        "      - run: docker build .\n"
                                                        "        working-directory: src/api\n"},
                     dockerfile}),
              ElementsAre("api/Dockerfile in api"));
  EXPECT_THAT(Sites({{"compose.yaml", "services:\n  a:\n    build: ./api\n"},
                     {"run.sh", "docker compose build\n"},
                     dockerfile}),
              ElementsAre("api/Dockerfile in api", "api/Dockerfile in api"));
}

TEST(BuildContextTest, TheDockerfilesOwnIgnoreFileReplacesTheRoots) {
  const std::vector<File> files = {{"Dockerfile", "FROM x\nCOPY . .\n"},
                                   {".dockerignore", ".netrc\n"},
                                   {"Dockerfile.dockerignore", "**/.env\n"}};
  const Project project = Tree(files);
  const BuildContext context(project, *project.Find("Dockerfile"));
  EXPECT_TRUE(context.replaces_root_ignore());
  EXPECT_FALSE(context.Excludes(".netrc"));
  EXPECT_TRUE(context.Excludes("a/.env"));
}

TEST(BuildContextTest, WithoutABuildTheFolderIsWhereTheSourcesAre) {
  const Project project = Tree({{"docker/Dockerfile", "FROM x\nCOPY setup.py .\nCOPY . .\n"},
                                {"setup.py", ""},
                                {"image/Dockerfile", "FROM x\nCOPY . .\n"}});
  EXPECT_EQ(BuildContext(project, *project.Find("docker/Dockerfile")).folder(), ".");
  EXPECT_EQ(BuildContext(project, *project.Find("image/Dockerfile")).folder(), ".");
}

TEST(BuildContextTest, WhatCopyTakesAlong) {
  FileEvent event;
  event.origin = FileOrigin::kContext;
  event.source = ".";
  EXPECT_TRUE(TakesAlong(event, "a/.netrc"));
  event.excludes = {"**/.netrc"};
  EXPECT_FALSE(TakesAlong(event, "a/.netrc"));
  event.excludes.clear();
  event.source = "a";
  EXPECT_TRUE(TakesAlong(event, "a/.netrc"));
  EXPECT_FALSE(TakesAlong(event, "ab/.netrc"));
  EXPECT_FALSE(TakesAlong(event, "a"));  // by its own name
  event.source = "conf*";
  EXPECT_TRUE(TakesAlong(event, "conf.d/.netrc"));
  EXPECT_TRUE(TakesAlong(event, "config"));
  EXPECT_FALSE(TakesAlong(event, "x/config"));
}

std::vector<std::string> Left(const std::string& script) {
  const Project project = Tree({{"build.sh", script}});
  std::vector<std::string> paths;
  for (const LeftFile& left : FindLeftFiles(*project.documents()[0])) paths.push_back(left.path);
  return paths;
}

TEST(LeftFilesTest, WhatStaysInTheWorkingFolder) {
  EXPECT_THAT(Left("echo \"machine a login b password $PW\" > .netrc\n"), ElementsAre(".netrc"));
  EXPECT_THAT(Left("cd app\ncat > \"$PWD/.netrc\" <<EOF\nmachine a login b password $PW\nEOF\n"),
              ElementsAre("app/.netrc"));
  EXPECT_THAT(Left("cp ~/.netrc .\ncp ~/.pypirc app/\n"), ElementsAre(".netrc", "app/.pypirc"));
  EXPECT_THAT(Left("vault read -field=netrc secret/ci > .netrc\n"), ElementsAre(".netrc"));
  EXPECT_THAT(Left("echo \"machine a login b password $PW\" > ~/.netrc\n"), IsEmpty());
  EXPECT_THAT(Left("echo \"machine a login b password $PW\" > /tmp/netrc\n"), IsEmpty());
  EXPECT_THAT(Left("echo 'machine a login b password <token>' > .netrc\n"), IsEmpty());
  EXPECT_THAT(Left("echo '//r.example/:_authToken=${NPM_TOKEN}' > .npmrc\n"), IsEmpty());
}

}  // namespace
}  // namespace oakum
