#include "analyzer/model/lower_dockerfile.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LowerDockerfileTest : public testing::Test {
 protected:
  const Facts& Lower(std::string text) {
    source_ = std::make_unique<Source>("Dockerfile", std::move(text));
    facts_ = {};
    LowerDockerfile(*source_, facts_);
    return facts_;
  }

  std::string_view Text(Span span) const { return source_->text().substr(span.begin, span.size()); }

  std::unique_ptr<Source> source_;
  Facts facts_;
};

TEST_F(LowerDockerfileTest, VariablesAndLabelsAreSettings) {
  const Facts& facts = Lower(
      "ARG BASE=python\nFROM $BASE\nARG TOKEN=x\nENV A=1 URL=\"https://u:${TOKEN}@h/$A\"\n"
      "LABEL note='plain $A'\nENV LEGACY the rest\n");
  ASSERT_EQ(facts.settings.size(), 6u);
  EXPECT_EQ(facts.settings[0].scope, SettingScope::kBuildArg);
  const Setting& url = facts.settings[3];
  EXPECT_EQ(url.name, "URL");
  EXPECT_EQ(url.scope, SettingScope::kImageEnv);
  EXPECT_EQ(url.value.Describe(), "https://u:${TOKEN}@h/${A}");
  EXPECT_EQ(url.value.holes()[0].hole.origin, HoleOrigin::kBuildArg);
  ASSERT_NE(url.value.holes()[0].hole.fallback, nullptr);
  EXPECT_EQ(Text(url.value.holes()[0].hole.span), "${TOKEN}");
  EXPECT_EQ(Text(url.name_span), "URL");
  EXPECT_EQ(facts.settings[4].value.Describe(), "plain $A");
  EXPECT_EQ(facts.settings[5].value.Describe(), "the rest");
}

TEST_F(LowerDockerfileTest, ScriptsAndArgvAreCommands) {
  const Facts& facts = Lower(
      "FROM x\nRUN a \\\n && b\nRUN [\"c\", \"$D\"]\nRUN <<EOF\ne\nf\nEOF\nCMD g\n"
      "HEALTHCHECK CMD [\"h\"]\nONBUILD RUN i\n");
  std::string programs;
  for (const Command& command : facts.commands) {
    programs += std::string(command.Program());
    programs += command.host == CommandHost::kImageBuild ? "! " : "? ";
  }
  EXPECT_EQ(programs, "a! b! c! e! f! g? h? i! ");
  EXPECT_EQ(Text(facts.commands[1].span), "b");
  EXPECT_TRUE(facts.commands[2].argv[1].is_literal());
}

TEST_F(LowerDockerfileTest, UrisNameTheLineThatFillsThem) {
  const Facts& facts = Lower(
      "FROM x\nARG TOKEN\nRUN pip install -i https://u:${TOKEN}@h/simple y\n"
      "ADD https://u:${TOKEN}@h/file /\n");
  ASSERT_EQ(facts.uris.size(), 2u);
  for (const UriUse& use : facts.uris) {
    ASSERT_FALSE(use.origins.empty());
    EXPECT_EQ(Text(use.origins[0]), "TOKEN");
    EXPECT_EQ(use.sink, UriSink::kImage);
  }
}

TEST_F(LowerDockerfileTest, ErrorsAreNotices) {
  EXPECT_THAT(Lower("FROM x\nRUN y\n").notices, IsEmpty());
  EXPECT_EQ(Lower("FROM x\nMAKE y\n").notices.size(), 1u);
  std::string go = "package x\n";
  for (int i = 0; i < 100; ++i) go += "func f\n";
  EXPECT_EQ(Lower(go).notices.size(), 1u);
  EXPECT_EQ(Lower("FROM x\n" + go).notices.size(), 9u);
}

}  // namespace
}  // namespace oakum
