// Inputs that double, chain or multiply: what is kept of them stays near their own size, and what
// is passed over is said.
#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/lower_dockerfile.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

size_t TextOf(const Facts& facts) {
  size_t size = 0;
  for (const Setting& setting : facts.settings) size += setting.value.size();
  for (const Command& command : facts.commands) {
    for (const Value& word : command.argv) size += word.size();
  }
  return size;
}

TEST(BudgetsTest, VariablesThatDouble) {
  std::string script = "A=ghp\n";
  for (int i = 0; i < 300; ++i) script += "A=\"$A$A\"\n";
  const Source source("a.sh", script + "curl -u x:$A h\n");
  Facts facts;
  LowerShellScript(source, facts);
  EXPECT_LT(TextOf(facts), size_t{512} << 10);
  ASSERT_EQ(facts.notices.size(), 1u);
  EXPECT_NE(facts.notices[0].message.find("too large"), std::string::npos);
}

TEST(BudgetsTest, OneLargeTextIsFilledInEverywhere) {
  const Source source("a.sh", "A='" + std::string(20'000, 'x') + "'\necho $A\necho \"$A\" b\n");
  Facts facts;
  LowerShellScript(source, facts);
  ASSERT_EQ(facts.commands.size(), 2u);
  EXPECT_EQ(facts.commands[1].argv.at(1).size(), 20'000u);
  EXPECT_TRUE(facts.notices.empty());
}

std::string CopiesOfRoot(int count) {
  std::string text = "FROM x\nCOPY .netrc /root/.netrc\n";
  for (int i = 0; i < count; ++i) text += "RUN cp -r /root /x" + std::to_string(i) + "\n";
  return text;
}

ImageBuild Build(const std::string& text) {
  return BuildImage(ParseDockerfile(MappedText::Verbatim(text, 0)));
}

TEST(BudgetsTest, FilesOfAnImage) {
  const std::string some = CopiesOfRoot(200);
  const ImageBuild small = Build(some);
  EXPECT_TRUE(small.complete);
  EXPECT_EQ(small.events.size(), 201u);
  const std::string many = CopiesOfRoot(4000);
  const ImageBuild large = Build(many);
  EXPECT_FALSE(large.complete);
  EXPECT_LT(large.events.size(), 1000u);
}

TEST(BudgetsTest, ChainsOfStages) {
  std::string text = "FROM x AS s0\nCOPY .netrc /root/.netrc\n";
  for (int i = 1; i < 3000; ++i) {
    const std::string number = std::to_string(i);
    text += "FROM s" + std::to_string(i - 1) + " AS s" + number + "\nARG T" + number +
            "\nRUN cp -r /root /x" + number + "\n";
  }
  const ImageBuild image = Build(text);
  EXPECT_FALSE(image.complete);
  EXPECT_EQ(image.stages.size(), 3000u);
  EXPECT_EQ(image.stages[2999].parent, 2998u);
  size_t files = 0;
  for (const ImageStage& stage : image.stages) files += stage.files.size();
  EXPECT_LT(files, 400'000u);
}

Facts Python(const std::string& text) {
  const Source source("a.py", text);
  Facts facts;
  LowerPython(source, {}, facts);
  return facts;
}

// Every dict holds the one before three times.
TEST(BudgetsTest, WhatIsSharedDoesNotHideWhatIsNear) {
  std::string text = "import ray\nd0 = {'env_vars': {'HF_TOKEN': 's3cr3t-Pw-2291'}}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    text += "d" + std::to_string(i) + " = {**" + before + ", 'k': " + before + ", 'l': [" + before +
            ", " + before + "]}\n";
  }
  const Facts facts = Python(text + "ray.init(runtime_env=d29)\n");
  ASSERT_FALSE(facts.runtime_envs.empty());
  EXPECT_FALSE(facts.runtime_envs[0].env_vars.empty());
}

TEST(BudgetsTest, DictsThatDouble) {
  std::string text = "import ray\nd = {'env_vars': {'HF_TOKEN': 's3cr3t-Pw-2291'}}\n";
  for (int i = 0; i < 50; ++i) text += "d = {**d, **d, 'a': d}\n";
  const Facts facts = Python(text + "ray.init(runtime_env=d)\nprint(d)\n");
  EXPECT_FALSE(facts.notices.empty());
}

}  // namespace
}  // namespace oakum
