#include "analyzer/syntax/requirements.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

std::string Show(const std::vector<RequirementsItem>& items) {
  std::string out;
  for (const RequirementsItem& item : items) {
    if (!out.empty()) out += " | ";
    out +=
        item.option + (item.is_option() && !item.value.empty() ? " " : "") + item.value.Describe();
    if (!item.url.empty())
      out += " <" + item.name + "," + item.vcs + "," + item.url.Describe() + ">";
  }
  return out;
}

struct Case {
  const char* text;
  const char* shown;
};

constexpr Case kCases[] = {
    {"torch==2.0  # pinned\n\n# nothing\nnumpy>=1;python_version<'3.9'\n", "torch==2.0 | numpy>=1"},
    {"-i https://h/simple", "--index-url https://h/simple"},
    {"-ihttps://h/simple", "--index-url https://h/simple"},
    {"--index-url=https://h/simple", "--index-url https://h/simple"},
    {"--index-url \"https://h/simple\"", "--index-url https://h/simple"},
    {"--pypi-url https://h", "--index-url https://h"},
    {"--extra https://h", "--extra-index-url https://h"},
    {"--extra-index-url https://a --extra-index-url=https://b --pre --trusted-host h",
     "--extra-index-url https://a | --extra-index-url https://b | --pre | --trusted-host h"},
    {"-f https://h/x.html\n-r base.txt\n-c c.txt",
     "--find-links https://h/x.html | --requirement base.txt | --constraint c.txt"},
    {"pkg @ https://u:p@h/x.whl ; python_version > '3'",
     "pkg @ https://u:p@h/x.whl <pkg,,https://u:p@h/x.whl>"},
    {"pkg[a,b]@https://h/x.whl", "pkg[a,b]@https://h/x.whl <pkg,,https://h/x.whl>"},
    {"pkg @ git+https://tok@h/r.git@v1#subdirectory=x",
     "pkg @ git+https://tok@h/r.git@v1#subdirectory=x "
     "<pkg,git,git+https://tok@h/r.git@v1#subdirectory=x>"},
    {"git+https://tok@h/r.git@main#egg=name",
     "git+https://tok@h/r.git@main#egg=name "
     "<name,git,git+https://tok@h/r.git@main#egg=name>"},
    {"-e git+ssh://git@h/r.git#egg=n",
     "--editable git+ssh://git@h/r.git#egg=n "
     "<n,git,git+ssh://git@h/r.git#egg=n>"},
    {"https://h/a-1.whl; sys_platform=='linux'", "https://h/a-1.whl <,,https://h/a-1.whl>"},
    {"https://h/a.whl?x=1;y=2", "https://h/a.whl?x=1;y=2 <,,https://h/a.whl?x=1;y=2>"},
    {"torch==1 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\nx",
     "torch==1 | --hash sha256:aa | --hash sha256:bb | x"},
    {"--index-url \\\n  https://h\nx", "--index-url https://h | x"},
    {"a \\\n# comment\nb", "a | b"},
    {"-i https://${USER_1}:${TOKEN}@h", "--index-url https://${USER_1}:${TOKEN}@h"},
    {"-i https://$TOKEN@h/%T%/${lower}", "--index-url https://$TOKEN@h/%T%/${lower}"},
    {"-i https://h/#frag", "--index-url https://h/#frag"},
    {"./local/dir", "./local/dir"},
    {"torch\r\nnumpy\r\n", "torch | numpy"},
    {"--unknown=https://h --no-index", "--unknown https://h | --no-index"},
    {"", ""},
    {"\\", ""},
    {"pkg[", "pkg["},
    {"pkg @", "pkg @"},
    {"--index-url", "--index-url"},
};

TEST(Requirements, ReadsLinesAsPipDoes) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Show(ParseRequirements(Value(MappedText::Verbatim(c.text, 0)))), c.shown);
  }
}

TEST(Requirements, OnlyBracedUpperCaseIsDeferred) {
  const auto items =
      ParseRequirements(Value(MappedText::Verbatim("-i https://${A}@h\n-i https://${a}@$A", 0)));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_TRUE(items[0].value.AllDeferred());
  EXPECT_TRUE(items[1].value.is_literal());
}

TEST(Requirements, SpansSurviveContinuationsAndQuotes) {
  const std::string text = "# c\n--extra-index-url \\\n  \"https://u:p@h\"\n";
  const auto items = ParseRequirements(Value(MappedText::Verbatim(text, 0)));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(text.substr(items[0].value.ToSource().begin, items[0].value.ToSource().size()),
            "https://u:p@h");
  EXPECT_EQ(items[0].span, (Span{4, static_cast<uint32_t>(text.size() - 1)}));
}

TEST(Requirements, LongHostileTextIsLinear) {
  for (const char* piece : {"a\\\n", "-i ", "\"", "a@", "#", "[", "- "}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += piece;
    ParseRequirements(Value(MappedText::Verbatim(text, 0)));
  }
}

}  // namespace
}  // namespace oakum
