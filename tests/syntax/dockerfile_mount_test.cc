#include "analyzer/syntax/dockerfile_mount.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DockerMountTest : public testing::Test {
 protected:
  DockerMount Parse(std::string_view options) {
    DockerFlag flag;
    flag.name = "mount";
    flag.has_value = true;
    flag.value = MappedText::Verbatim(options, 0);
    std::vector<DockerError> errors;
    errors_.clear();
    auto lookup = [](std::string_view name, Span) -> std::optional<Value> {
      if (name != "HOME") return std::nullopt;
      return Value(MappedText::Synthetic("/root", {}));
    };
    DockerMount mount = ParseDockerMount(flag, '\\', lookup, errors);
    for (const DockerError& error : errors) errors_.push_back(error.message);
    return mount;
  }

  std::string Target(std::string_view options) {
    const std::optional<Value> target = Parse(options).Target();
    return target ? std::string(target->text()) : "none";
  }

  std::vector<std::string> errors_;
};

TEST_F(DockerMountTest, SecretDefaults) {
  const DockerMount mount = Parse("type=secret,id=netrc");
  EXPECT_EQ(mount.type, DockerMountType::kSecret);
  EXPECT_EQ(mount.SecretId().text(), "netrc");
  EXPECT_EQ(mount.Target()->text(), "/run/secrets/netrc");
  EXPECT_EQ(mount.EffectiveMode(), 0400u);
  EXPECT_FALSE(mount.required);
  EXPECT_TRUE(mount.read_only);
  EXPECT_FALSE(mount.Env());
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(DockerMountTest, WhereASecretAppears) {
  EXPECT_EQ(Target("type=secret,id=a/b"), "/run/secrets/b");
  EXPECT_EQ(Target("type=secret,source=tok"), "/run/secrets/tok");
  EXPECT_EQ(Target("type=secret,target=/root/.netrc"), "/root/.netrc");
  EXPECT_EQ(Parse("type=secret,dst=/root/.netrc").SecretId().text(), ".netrc");
  EXPECT_EQ(Target("type=secret,id=x,destination=${HOME}/.netrc"), "/root/.netrc");
  EXPECT_EQ(Target("type=secret,id=x,target=$NONE/.netrc"), "/.netrc");
  EXPECT_EQ(Target("type=secret,id=x,env=TOKEN"), "none");
  EXPECT_EQ(Target("type=secret,id=x,env=TOKEN,target=/t"), "/t");
  EXPECT_EQ(Parse("id=x,env=TOKEN,type=secret").Env()->text(), "TOKEN");
}

TEST_F(DockerMountTest, OtherTypes) {
  EXPECT_EQ(Parse("target=/x").type, DockerMountType::kBind);
  EXPECT_TRUE(Parse("type=bind,target=/x").read_only);
  EXPECT_FALSE(Parse("type=bind,target=/x,rw").read_only);
  EXPECT_FALSE(Parse("type=bind,target=/x,ro=false").read_only);
  EXPECT_FALSE(Parse("type=cache,target=/x").read_only);
  EXPECT_EQ(Parse("TYPE=Cache,target=/x,sharing=locked").EffectiveMode(), 0755u);
  EXPECT_EQ(Parse("type=ssh,required").EffectiveMode(), 0600u);
  EXPECT_FALSE(Parse("type=tmpfs,target=/x,size=64m").read_only);
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(DockerMountTest, DefaultsByType) {
  struct Case {
    std::string_view options;
    std::string_view key;
    std::string_view value;  // "none" if there is none
  };
  const Case cases[] = {
      {"target=/x", "from", "context"},
      {"target=/x", "source", "/"},
      {"target=/x", "readonly", "true"},
      {"target=/x", "mode", "none"},
      {"target=/x", "id", "none"},
      {"target=/x", "sharing", "none"},
      {"type=cache,target=/a//b/", "id", "/a/b"},
      {"type=cache,target=/x", "from", "scratch"},
      {"type=cache,target=/x", "sharing", "shared"},
      {"type=cache,target=/x", "mode", "0755"},
      {"type=cache,target=/x", "readonly", "false"},
      {"type=cache,target=/x", "required", "none"},
      {"type=tmpfs,target=/x", "size", "0"},
      {"type=tmpfs,target=/x", "uid", "none"},
      {"type=secret,id=a/b", "target", "/run/secrets/b"},
      {"type=secret,id=a/b,env=B", "target", "none"},
      {"type=secret,target=/a/.netrc", "id", ".netrc"},
      {"type=secret,id=x", "mode", "0400"},
      {"type=secret,id=x", "gid", "0"},
      {"type=secret,id=x", "from", "none"},
      {"type=secret,id=x", "env", "none"},
      {"type=ssh", "id", "default"},
      {"type=ssh", "target", "/run/buildkit/ssh_agent.0"},
      {"type=ssh", "mode", "0600"},
      {"type=ssh", "required", "false"},
  };
  for (const Case& c : cases) {
    const std::optional<Value> value = Parse(c.options).Default(c.key);
    EXPECT_EQ(value ? value->Describe() : "none", c.value) << c.options << " " << c.key;
  }
}

TEST_F(DockerMountTest, QuotedFields) {
  EXPECT_EQ(Target("type=secret,\"target=/a,b\",id=x"), "/a,b");
  EXPECT_EQ(Target("type=secret,\"target=/a\"\"b\",id=x"), "/a\"b");
  Parse("type=secret,id=\"x\"");
  EXPECT_THAT(errors_, ElementsAre("a mount's options are not comma-separated values"));
}

TEST_F(DockerMountTest, SaysWhatBuildkitRefuses) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"required,type=secret,id=x", "required belongs behind type=secret or type=ssh"},
      {"size=1g,type=tmpfs,target=/x", "size= belongs behind type=tmpfs"},
      {"type=secret", "a secret mount needs an id, a source or a target"},
      {"type=secret,id=a,src=b", "a secret mount takes an id or a source, not both"},
      {"type=secret,id=a,from=b", "a secret mount takes no from="},
      {"type=secret,id=a,sharing=shared", "sharing= is for cache mounts"},
      {"type=bind,target=/x,uid=1", "mode, uid and gid are for secret, ssh and cache mounts"},
      {"type=secret,id=x,mode=888", "a mount's mode, uid or gid is no number"},
      {"type=magic,target=/x", "a mount's type is not known"},
      {"type=secret,id=x,required=maybe", "a mount option takes true or false"},
      {"type=secret,id", "a mount option lacks its value"},
      {"from=$STAGE,target=/x", "a mount's from= takes no variables"},
      {"type=ssh,source=x", "an ssh mount takes no source="},
      {"type=bind,target=/", "a mount cannot take the place of /"},
      {"type=tmpfs,dst=/", "a mount cannot take the place of /"},
  };
  for (const auto& [options, error] : cases) {
    Parse(options);
    EXPECT_THAT(errors_, testing::Contains(error)) << options;
  }
  EXPECT_EQ(Parse("type=secret,id=x,colour=red,mode=0440").EffectiveMode(), 0440u);
}

}  // namespace
}  // namespace oakum
