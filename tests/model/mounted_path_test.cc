#include "analyzer/model/mounted_path.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

std::string Paths(std::string_view script) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
  std::string text;
  for (const MountedPath& mounted : MountedPathsOf(facts.commands.back())) {
    text += (text.empty() ? "" : " ") + mounted.path.Describe();
  }
  return text;
}

TEST(MountedPath, OfContainersThatAreStarted) {
  EXPECT_EQ(Paths("docker run -v ~/.netrc:/root/.netrc:ro image"), "/root/.netrc");
  EXPECT_EQ(Paths("docker run --volume=$PWD:/app -v cache:/cache image"), "/app /cache");
  EXPECT_EQ(Paths("podman run --mount type=bind,source=a,target=/etc/netrc image"), "/etc/netrc");
  EXPECT_EQ(Paths("docker run --mount type=tmpfs,dst=/tmp image"), "/tmp");
  EXPECT_EQ(Paths("docker build -v a:/b ."), "");
}

TEST(MountedPath, TargetOfVolume) {
  auto target = [](std::string_view text) {
    return TargetOfVolume(Value(MappedText::Verbatim(text, 0))).Describe();
  };
  EXPECT_EQ(target("./a:/b"), "/b");
  EXPECT_EQ(target("./a:/b:ro,z"), "/b");
  EXPECT_EQ(target("/b"), "");
}

}  // namespace
}  // namespace oakum
