#include "analyzer/model/unread_setting.h"

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

std::string_view Tool(std::string name, SettingScope scope, std::string file_kind = "") {
  Setting setting;
  setting.name = std::move(name);
  setting.scope = scope;
  setting.file_kind = std::move(file_kind);
  return UnreadNetrcSetting(setting);
}

TEST(UnreadSetting, NamesThatNoProgramHas) {
  EXPECT_EQ(Tool("PIP_NETRC", SettingScope::kImageEnv), "pip");
  EXPECT_EQ(Tool("PIP_NETRC_FILE", SettingScope::kShell), "pip");
  EXPECT_EQ(Tool("UV_NETRC", SettingScope::kCi), "uv");
  EXPECT_EQ(Tool("NETRC", SettingScope::kShell), "");
  EXPECT_EQ(Tool("NETRC_FILE", SettingScope::kShell), "");
  EXPECT_EQ(Tool("PIP_INDEX_URL", SettingScope::kShell), "");
  EXPECT_EQ(Tool("global.netrc", SettingScope::kFile, "pip.conf"), "pip");
  EXPECT_EQ(Tool("install.use-netrc", SettingScope::kFile, "pip.conf"), "pip");
  EXPECT_EQ(Tool("netrc", SettingScope::kFile, "uv"), "uv");
  EXPECT_EQ(Tool("tool.uv.netrc-file", SettingScope::kFile, "pyproject"), "uv");
  EXPECT_EQ(Tool("tool.mine.netrc", SettingScope::kFile, "pyproject"), "");
  EXPECT_EQ(Tool("git.netrc", SettingScope::kFile, "ini"), "");
}

Facts FromScript(std::string_view script) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
  return facts;
}

TEST(UnreadSetting, PipConfig) {
  struct {
    const char* script;
    const char* value;
  } const cases[] = {
      {"pip config set global.netrc /a", "/a"},
      {"python -m pip config --user set install.use-netrc true", "true"},
      {"pip config set global.index-url https://h/", ""},
      {"pip config get global.netrc", ""},
      {"git config set http.netrc /a", ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.script);
    const Facts facts = FromScript(c.script);
    ASSERT_EQ(facts.commands.size(), 1u);
    const Value* value = UnreadPipConfig(facts.commands[0]);
    EXPECT_EQ(value ? value->text() : "", c.value);
  }
}

TEST(UnreadSetting, VariablesOfTheAuthor) {
  EXPECT_TRUE(
      UsesVariable(FromScript("printf %s \"$PIP_NETRC\" > ~/.netrc").commands, "PIP_NETRC"));
  EXPECT_TRUE(UsesVariable(FromScript("cat x > \"$PIP_NETRC\"").commands, "PIP_NETRC"));
  EXPECT_TRUE(UsesVariable(FromScript("NETRC=$PIP_NETRC pip install x").commands, "PIP_NETRC"));
  EXPECT_FALSE(UsesVariable(FromScript("pip install x").commands, "PIP_NETRC"));
}

}  // namespace
}  // namespace oakum
