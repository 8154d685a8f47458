// ini, .env, .npmrc and TOML: what they read and which bytes they point at.

#include <string>

#include <gtest/gtest.h>

#include "analyzer/syntax/ini.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/key_value.h"
#include "analyzer/syntax/toml.h"

namespace oakum {
namespace {

Value Text(const std::string& text) {
  return Value(MappedText::Verbatim(text, 0));
}

std::string At(const std::string& text, Span span) {
  return text.substr(span.begin, span.size());
}

std::string Show(const IniText& ini) {
  std::string out;
  for (const IniEntry& entry : ini.entries) {
    out += entry.section.Describe() + "." + entry.key + "=" + entry.value.Describe() + ";";
  }
  for (size_t i = 0; i < ini.errors.size(); ++i) out += "!";
  return out;
}

TEST(Ini, ReadsAsRawConfigParser) {
  struct {
    const char* text;
    const char* shown;
  } const cases[] = {
      {"[global]\nindex-url = https://h/simple\n", "global.index-url=https://h/simple;"},
      {"[global]\nIndex-URL: https://h:80/s\n", "global.index-url=https://h:80/s;"},
      {"[global]\nextra-index-url =\n    https://a\n    # no\n\n    https://b\nx=1",
       "global.extra-index-url=https://a\nhttps://b;global.x=1;"},
      {"[a]\nx = %T% ${T} $T ; kept # kept\n; gone\n# gone\n", "a.x=%T% ${T} $T ; kept # kept;"},
      {"x=1\n[a b]\ny=\n", ".x=1;a b.y=;"},
      {"[a]\nnonsense\nx=1", "a.x=1;!"},
      {"[a]\r\nx=1\r\n  2\r\n", "a.x=1\n2;"},
      {"[a]\n  x=1\n  y=2\n", "a.x=1;a.y=2;"},
      {"", ""},
      {"[open\n=x\n", "!!"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Show(ParseIni(Text(c.text))), c.shown);
  }
}

TEST(Ini, SpansOfMultiLineValues) {
  const std::string text = "[g]\nfind-links =\n  https://a\n  https://u:p@b\n";
  const IniText ini = ParseIni(Text(text));
  ASSERT_EQ(ini.entries.size(), 1u);
  const Value& value = ini.entries[0].value;
  const size_t at = value.text().find("https://u");
  EXPECT_EQ(At(text, value.ToSource({static_cast<uint32_t>(at), value.size()})), "https://u:p@b");
  EXPECT_EQ(At(text, ini.entries[0].key_span), "find-links");
}

std::string Show(const std::vector<KeyValue>& pairs) {
  std::string out;
  for (const KeyValue& pair : pairs) out += pair.key + "=" + pair.value.Describe() + ";";
  return out;
}

TEST(KeyValue, Dotenv) {
  struct {
    const char* text;
    const char* shown;
  } const cases[] = {
      {"A=1\nexport B = two words # c\n#C=3\n", "A=1;B=two words;"},
      {"A='$X \\n'\nB=\"a\\n$X\\\"\"\nC=$X", "A=$X \\n;B=a\n${X}\";C=${X};"},
      {"A=\"line\nline\"\nB=2", "A=line\nline;B=2;"},
      {"A=\"open\nB=2", "A=\"open;B=2;"},
      {"A=x#y\nB= #c\nC=", "A=x#y;B=;C=;"},
      {"A: 1", "A=1;"},
      {"not a pair\n=x\na b=c", ""},
      {"A=\"\\\"", "A=\"\\\";"},
      {"A=\"\\\\$X\"", "A=\\${X};"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Show(ParseDotenv(Text(c.text))), c.shown);
  }
}

TEST(KeyValue, Npmrc) {
  const std::string text =
      "; c\n@s:registry=https://h/\n//h/:_authToken=${NPM_TOKEN}\n//i/:_password = \"cGFzcw==\" \n";
  const std::vector<KeyValue> pairs = ParseNpmrc(Text(text));
  EXPECT_EQ(Show(pairs),
            "@s:registry=https://h/;//h/:_authToken=${NPM_TOKEN};//i/:_password=cGFzcw==;");
  EXPECT_TRUE(pairs[1].value.AllDeferred());
  EXPECT_EQ(At(text, pairs[2].value.ToSource()), "cGFzcw==");
}

std::string Show(const DataTree& tree, DataTree::Id id) {
  const DataTree::Node& node = tree[id];
  std::string out = node.key.empty() ? "" : node.key.Describe() + ":";
  if (node.kind == DataKind::kText) return out + "'" + node.value.Describe() + "'";
  if (node.kind != DataKind::kMap && node.kind != DataKind::kList)
    return out + node.value.Describe();
  out += node.kind == DataKind::kMap ? "{" : "[";
  for (DataTree::Id child : tree.Children(id)) out += Show(tree, child) + " ";
  return out + (node.kind == DataKind::kMap ? "}" : "]");
}

std::string ShowToml(const Value& text) {
  const TomlText toml = ParseToml(text);
  std::string out = toml.tree.empty() ? "none" : Show(toml.tree, toml.tree.root());
  return out + std::string(toml.errors.size(), '!');
}

TEST(Toml, ReadsIntoATree) {
  struct {
    const char* text;
    const char* shown;
  } const cases[] = {
      {"b = 'x'\na = 1\n", "{b:'x' a:1 }"},
      {"[[tool.uv.index]]\nname = \"n\"\nurl = \"https://h\"\n[[tool.uv.index]]\nurl = \"i\"\n",
       "{tool:{uv:{index:[{name:'n' url:'https://h' } {url:'i' } ] } } }"},
      {"x = { y = [1, 'z'], w.v = true }", "{x:{y:[1 'z' ] w:{v:true } } }"},
      {"\"q k\" = \"\\u00e9\\t\\\"\\U0001F600\"", "{q k:'\xc3\xa9\t\"\xf0\x9f\x98\x80' }"},
      {"m = \"\"\"\na\\\n   b\nc\"\"\"\nn = '''\nraw\\'''\n", "{m:'ab\nc' n:'raw\\' }"},
      {"a = 'x'\nbroken =\nb = 'y'\n", "{a:'x' b:'y' }!"},
      {"a = 1\na = 2\n", "{a:1 }!"},
      {"<<<<<<< HEAD\na = 'x'\n=======\n>>>>>>> b\n", "{a:'x' }!!!"},
      {"a = [\n", "{}!"},
      {"d = 2020-01-01", "{d:2020-01-01 }"},
      {"a = 'x'\xc3\xa9\n\"\xc3\xa9\" = 1\n\"\xc3\xa8\" = 2\nb = \"\xff\"\n",
       "{\xc3\xa9:1 \xc3\xa8:2 b:'\xff' }!"},
      {"[=\n[.a]\nb = 1\n", "{b:1 }!!"},
      {"", "{}"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(ShowToml(Text(c.text)), c.shown);
  }
}

TEST(Toml, SpansAreBytes) {
  const std::string text =
      "# \xc3\xa9\r\n\"\xc3\xa9\" = 'x' # \xc3\xa9\r\nurl = "
      "\"\"\"\r\nhttps://u:p\\u0040@h\"\"\"\r\n";
  const TomlText toml = ParseToml(Text(text));
  const DataTree::Id id = toml.tree.Find(0, "url");
  ASSERT_NE(id, DataTree::kNone);
  const Value& value = toml.tree[id].value;
  EXPECT_EQ(value.text(), "https://u:p@@h");
  EXPECT_EQ(At(text, value.ToSource({10, 12})), "p\\u0040");
  EXPECT_EQ(At(text, toml.tree[id].key.ToSource()), "url");
  EXPECT_EQ(At(text, toml.tree[toml.tree.Find(0, "\xc3\xa9")].span), "'x'");
}

TEST(Toml, HolesComeBack) {
  const Value text = GoTemplate(Text("url = \"https://u:{{ .t }}@h\"\nx = {{ .y }}\nz = 1\n"));
  EXPECT_EQ(ShowToml(text), "{url:'https://u:${.t}@h' z:1 }!");
}

TEST(Toml, DeepAndLongTextIsSafe) {
  for (const char* piece : {"a.", "[", "a={", "[[a", "x=1\n", "\"\"\"", "x=[{a.b.c.d.e=[\n"}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += piece;
    ParseToml(Text(text));
    ParseToml(Text("[" + text + "a]\nb=1"));
  }
}

}  // namespace
}  // namespace oakum
