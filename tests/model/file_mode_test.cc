#include "analyzer/model/file_mode.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

TEST(FileModeTest, OperandsOfChmod) {
  struct Case {
    std::string_view text;
    std::optional<uint32_t> mode;
  };
  const Case cases[] = {
      {"644", 0644},
      {"0600", 0600},
      {"4755", 0755},
      {"u=rw,go=r", 0644},
      {"go-rwx", 0600},
      {"+r", 0644},
      {"a+rw", 0666},
      {"o+x", 0601},
      {"g=u", 0660},
      {"u+x,g+X", 0710},
      {"og=", 0600},
      {"u=rwx,g-w+r", 0740},
      {"=", 0},
      {"u+s", 0600},
      {"648", std::nullopt},
      {"rw", std::nullopt},
      {"u~r", std::nullopt},
      {"g+q", std::nullopt},
      {"-rwx", 0},
      {"a=r,u+w", 0644},
  };
  for (const Case& c : cases) EXPECT_EQ(ApplyMode(c.text, 0600), c.mode) << c.text;
}

std::string Modes(std::string_view script) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
  std::string out;
  for (const FileMode& mode : facts.file_modes) {
    if (!out.empty()) out += "; ";
    out += mode.path + " " + mode.text + " [" +
           std::string(script.substr(mode.span.begin, mode.span.size())) + "]";
  }
  return out;
}

TEST(FileModeTest, Commands) {
  EXPECT_EQ(Modes("sudo chmod -v 644 ~/.netrc x"), "~/.netrc 644 [chmod -v 644]");
  EXPECT_EQ(Modes("chmod -R go+r ~/.netrc /root/.pypirc"),
            "~/.netrc go+r [chmod -R go+r]; /root/.pypirc go+r [chmod -R go+r]");
  EXPECT_EQ(Modes("chmod -- 644 x; chmod 644 netrc.py pip.conf id_rsa.pub"), "");
  EXPECT_EQ(Modes("chmod $M ~/.netrc; chmod --reference=a ~/.netrc"), "");
  EXPECT_EQ(Modes("F=$HOME/.netrc; chmod 644 \"$F\""), "${HOME}/.netrc 644 [chmod 644]");
  EXPECT_EQ(Modes("chmod 644 ~/$NAME"), "");
  EXPECT_EQ(Modes("install -m644 a ~/.netrc; install -D --mode=0640 -o ray a b/.netrc"),
            "~/.netrc 644 [install -m644]; b/.netrc 0640 [install -D --mode=0640]");
  EXPECT_EQ(Modes("umask 022; echo x > ~/.netrc"), "~/.netrc 022 [umask 022]");
  EXPECT_EQ(Modes("echo x > ~/.netrc; umask 022"), "");
}

}  // namespace
}  // namespace oakum
