#include "analyzer/syntax/netrc.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

std::string Show(const NetrcText& netrc) {
  auto field = [](const char* name, const std::optional<NetrcToken>& token) {
    return token ? std::string(" ") + name + "=" + token->value.Describe() : std::string();
  };
  std::string out;
  for (const NetrcEntry& entry : netrc.entries) {
    out += entry.is_default ? "*" : entry.machine.value.Describe();
    out += field("l", entry.login) + field("p", entry.password) + field("a", entry.account) + "\n";
  }
  for (const NetrcMacro& macro : netrc.macros) {
    out += "macro " + macro.name.value.Describe() + (macro.terminated ? "\n" : " open\n");
  }
  for (const NetrcToken& token : netrc.unknown) out += "? " + token.value.Describe() + "\n";
  return out;
}

struct Case {
  const char* name;
  const char* text;
  const char* shown;
};

// The nine shapes of real files in which scanners look for a netrc, then the union's odd corners.
constexpr Case kCases[] = {
    {"one line", "machine h login u password p", "h l=u p=p\n"},
    {"multi-line", "machine h\n  login u\n  password p\n", "h l=u p=p\n"},
    {"password first", "machine h password p login u\n", "h l=u p=p\n"},
    {"account", "machine h login u account a password p\n", "h l=u p=p a=a\n"},
    {"default", "default login u password p\n", "* l=u p=p\n"},
    {"quoted password", "machine h login u password \"p q\\\"r\"\n", "h l=u p=p q\"r\n"},
    {"W&B", "machine api.wandb.ai\n\tlogin user\n\tpassword 0123\n",
     "api.wandb.ai l=user p=0123\n"},
    {"comment between", "machine h # main\n login u\n# now\n password p\n", "h l=u p=p\n"},
    {"weak password", "machine h login admin password admin\n", "h l=admin p=admin\n"},
    {"keyword case, user", "MACHINE h User u PASSWORD p", "h l=u p=p\n"},
    {"hash in values", "machine h login #u password p#q", "h l=#u p=p#q\n"},
    {"hash password", "machine h login u password #p", "h l=u p=#p\n"},
    {"backslash", "machine h login u password a\\ b\\\\c", "h l=u p=a b\\c\n"},
    {"open quote", "machine h login u password \"p\nmachine i", "h l=u p=\"p\ni\n"},
    {"CRLF", "machine h\r\nlogin u\r\npassword p\r\n", "h l=u p=p\n"},
    {"macdef", "macdef init\ncd /x\nput a\n\nmachine h login u password p",
     "h l=u p=p\nmacro init\n"},
    {"open macdef", "machine h login u password p\nmacdef init\ncd /x\n",
     "h l=u p=p\nmacro init open\n"},
    {"misspelt", "machine h login u passowrd p\n", "h l=u\n? passowrd\n? p\n"},
    {"keyword as a value", "machine h login machine password default", "h l=machine p=default\n"},
    {"nothing", "", ""},
    {"no value", "machine", "\n"},
    {"no value of a field", "machine h password", "h\n"},
    {"last wins", "machine h password a password b", "h p=b\n"},
    {"prose", "just some words", "? just\n? some\n? words\n"},
};

TEST(Netrc, ReadsTheUnionOfWhatReadersAccept) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Show(ParseNetrc(Value(MappedText::Verbatim(c.text, 0)))), c.shown);
  }
}

TEST(Netrc, SpansAreBytesOfTheSource) {
  const std::string text = "machine h login u password \"p q\"\n";
  const NetrcText netrc = ParseNetrc(Value(MappedText::Verbatim(text, 1000)));
  ASSERT_EQ(netrc.entries.size(), 1u);
  const NetrcEntry& entry = netrc.entries[0];
  EXPECT_EQ(entry.keyword, (Span{1000, 1007}));
  EXPECT_EQ(entry.machine.span, (Span{1008, 1009}));
  EXPECT_EQ(entry.password->span, (Span{1027, 1032}));
  EXPECT_EQ(entry.password->value.ToSource(), (Span{1028, 1031}));
  EXPECT_EQ(entry.span, (Span{1000, 1032}));
}

TEST(Netrc, ReferencesStayHoles) {
  const Value text = EnvsubstVariables(
      Value(MappedText::Verbatim("machine h login $USER password ${PASS}\n${MORE}", 0)));
  const NetrcText netrc = ParseNetrc(text);
  EXPECT_EQ(Show(netrc), "h l=${USER} p=${PASS}\n? ${MORE}\n");
  ASSERT_NE(netrc.entries[0].password->value.OnlyHole(), nullptr);
  EXPECT_EQ(netrc.entries[0].password->span, (Span{31, 38}));
}

TEST(Netrc, CommentsAreKept) {
  const NetrcText netrc = ParseNetrc(Value(
      MappedText::Verbatim("# machine old login u password p\nmachine h login u password p", 0)));
  ASSERT_EQ(netrc.comments.size(), 1u);
  EXPECT_EQ(netrc.comments[0].text(), "# machine old login u password p");
}

TEST(Netrc, LongHostileTextIsLinear) {
  for (const char* piece : {"\"a ", "machine \\", "# x\n", "macdef m\n", "macdef m\n\n", "$A "}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += piece;
    ParseNetrc(EnvsubstVariables(Value(MappedText::Verbatim(text, 0))));
  }
}

}  // namespace
}  // namespace oakum
