#include "analyzer/syntax/yaml.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/base/source.h"

namespace oakum {
namespace {

using testing::ElementsAre;

// Text and tree together: the tree's values are views.
struct Parsed {
  explicit Parsed(std::string text)
      : source("test.yaml", std::move(text)), tree(ParseYaml(Value(source.body()))) {}

  const YamlNode& root() const {
    return tree.documents().empty() ? YamlNode::Missing() : *tree.documents()[0];
  }
  std::string At(Span span) const {
    return std::string(source.text().substr(span.begin, span.size()));
  }

  Source source;
  YamlTree tree;
};

// A tree as flow YAML without spans, for comparing shapes.
std::string Shape(const YamlNode& node) {
  std::string out;
  switch (node.kind) {
    case YamlNode::Kind::kMissing:
      return "-";
    case YamlNode::Kind::kNull:
      return "~";
    case YamlNode::Kind::kScalar:
      return std::string(node.value.text());
    case YamlNode::Kind::kSequence:
      for (const YamlEntry& entry : node.entries)
        out += (out.empty() ? "" : ",") + Shape(*entry.value);
      return "[" + out + "]";
    case YamlNode::Kind::kMapping:
      for (const YamlEntry& entry : node.entries) {
        out += (out.empty() ? "" : ",") + Shape(*entry.key) + ":" + Shape(*entry.value);
      }
      return "{" + out + "}";
  }
  return out;
}

TEST(Yaml, ScalarsMapToTheirBytes) {
  struct Case {
    std::string text;  // the value of the key `k` of one document
    std::string decoded;
    std::string underlined;   // the source of the whole scalar
    std::string part;         // a part of the decoded text ...
    std::string part_source;  // ... and the bytes it came from
  };
  const std::vector<Case> cases = {
      {"k: plain text # c\n", "plain text", "plain text", "text", "text"},
      {"k: 0400\n", "0400", "0400", "0400", "0400"},
      {"k: 'it''s'\n", "it's", "'it''s'", "'", "''"},
      {"k: \"a\\tb\\u00e9c\"\n",
       "a\tb\xc3\xa9"
       "c",
       "\"a\\tb\\u00e9c\"", "\xc3\xa9", "\\u00e9"},
      {"k: \"a\\\n   b\"\n", "ab", "\"a\\\n   b\"", "b", "b"},
      {"k: \"a  \n\n  b\"\n", "a\nb", "\"a  \n\n  b\"", "b", "b"},
      {"k: 'a\n\n\n  '\n", "a\n\n", "'a\n\n\n  '", "a", "a"},
      {"k: a\n  b\n\n  c\n", "a b\nc", "a\n  b\n\n  c", "c", "c"},
      {"k: |\n  one\n  two\n", "one\ntwo\n", "|\n  one\n  two", "two", "two"},
      {"k: |-\r\n  one\r\n  two\r\n", "one\ntwo", "|-\r\n  one\r\n  two", "\n", "\r\n"},
      {"k: |2+\n   one\n\nz: 1\n", " one\n\n", "|2+\n   one", "one", "one"},
      {"k: >\n  one\n  two\n\n  three\n", "one two\nthree\n", ">\n  one\n  two\n\n  three", "two",
       "two"},
      {"k: >-\n  one\n    two\n  three\n", "one\n  two\nthree", ">-\n  one\n    two\n  three",
       "  two", "  two"},
      {"k: &a !!str 'x'\n", "x", "'x'", "x", "x"},
      {"\xef\xbb\xbfk: v\n", "v", "v", "v", "v"},
      {"{\"k\": \"v\\/w\"}\n", "v/w", "\"v\\/w\"", "/", "\\/"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const Parsed parsed(c.text);
    const YamlNode& node = parsed.root()["k"];
    EXPECT_TRUE(node.exact);
    ASSERT_EQ(node.value.text(), c.decoded);
    EXPECT_EQ(parsed.At(node.span), c.underlined);
    const uint32_t begin = static_cast<uint32_t>(c.decoded.find(c.part));
    const Span part{begin, begin + static_cast<uint32_t>(c.part.size())};
    EXPECT_EQ(parsed.At(node.value.ToSource(part)), c.part_source);
  }
}

TEST(Yaml, CollectionsKnowTheirSpans) {
  const Parsed parsed("a:\n  b: [1, {c: 2}] # end\n  d:\n  - x\n  - y\ne: {}\n");
  EXPECT_EQ(Shape(parsed.root()), "{a:{b:[1,{c:2}],d:[x,y]},e:{}}");
  EXPECT_EQ(parsed.At(parsed.root()["a"].span), "b: [1, {c: 2}] # end\n  d:\n  - x\n  - y");
  EXPECT_EQ(parsed.At(parsed.root()["a"]["b"].span), "[1, {c: 2}]");
  EXPECT_EQ(parsed.At(parsed.root()["a"]["d"].span), "- x\n  - y");
  EXPECT_EQ(parsed.At(parsed.root()["e"].span), "{}");
  EXPECT_EQ(parsed.At(parsed.root().Find("e")->key->span), "e");
}

TEST(Yaml, LookupsOfWhatIsNotThereCanBeChained) {
  const Parsed parsed("a: {b: 1}\n");
  EXPECT_FALSE(parsed.root()["x"]["y"]["z"]);
  EXPECT_FALSE(parsed.root()["a"]["b"]["c"]);
  EXPECT_EQ(parsed.root()["a"]["b"].text(), "1");
}

TEST(Yaml, NullsAreToldFromKeysThatFollow) {
  const Parsed parsed("a:\nnull: 1\nb: ~\nc: null # x\nd:\n");
  EXPECT_EQ(parsed.root()["a"].kind, YamlNode::Kind::kNull);
  EXPECT_TRUE(parsed.root()["a"].span.empty());
  EXPECT_EQ(parsed.At(parsed.root()["b"].span), "~");
  EXPECT_EQ(parsed.At(parsed.root()["c"].span), "null");
}

TEST(Yaml, AliasesAndMergeKeys) {
  const Parsed parsed(
      "base: &base {image: ray, mode: 1}\n"
      "more: &more {mode: 2, user: u}\n"
      "one: {<<: *base, mode: 3}\n"
      "two: {<<: [*more, *base]}\n"
      "three: *base\n");
  EXPECT_EQ(parsed.root()["one"]["image"].text(), "ray");
  EXPECT_EQ(parsed.root()["one"]["mode"].text(), "3");
  EXPECT_EQ(parsed.root()["two"]["mode"].text(), "2");
  EXPECT_EQ(parsed.root()["two"]["image"].text(), "ray");
  EXPECT_EQ(parsed.root()["three"]["image"].text(), "ray");
  EXPECT_EQ(parsed.At(parsed.root().Find("three")->alias), "*base");
  std::vector<std::string> keys;
  for (const YamlEntry* pair : parsed.root()["two"].Pairs()) keys.emplace_back(pair->key->text());
  EXPECT_THAT(keys, ElementsAre("mode", "user", "image"));
}

TEST(Yaml, ACyclicAliasIsNull) {
  const Parsed parsed("a: &x\n  b: *x\n  <<: *x\n");
  EXPECT_EQ(parsed.root()["a"]["b"].kind, YamlNode::Kind::kNull);
  EXPECT_FALSE(parsed.root()["a"]["none"]);
}

TEST(Yaml, AnAliasBombCostsNothing) {
  std::string text = "a0: &a0 {k: v}\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + before + ", " +
            before + "]}\n";
  }
  const Parsed parsed(text);
  EXPECT_EQ(parsed.root()["a59"]["k"].text(), "v");
  EXPECT_FALSE(parsed.root()["a59"]["none"]);
}

TEST(Yaml, DuplicateKeysAreKeptAndReported) {
  const Parsed parsed("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(Shape(parsed.root()), "{a:1,b:2,a:3}");
  EXPECT_EQ(parsed.root()["a"].text(), "3");
  ASSERT_EQ(parsed.tree.duplicate_keys().size(), 1u);
  EXPECT_EQ(parsed.tree.duplicate_keys()[0].begin, 10u);
}

TEST(Yaml, SeveralDocuments) {
  const Parsed parsed("# head\n---\na: 1\n---\n---\n- b\n...\n");
  ASSERT_EQ(parsed.tree.documents().size(), 2u);
  EXPECT_EQ(Shape(*parsed.tree.documents()[0]), "{a:1}");
  EXPECT_EQ(Shape(*parsed.tree.documents()[1]), "[b]");
}

TEST(Yaml, ABrokenDocumentCostsTheOthersNothing) {
  const Parsed parsed("a: 1\n---\nb: [\nc: 2\n---\nd: \"x\"\n");
  ASSERT_EQ(parsed.tree.documents().size(), 3u);
  EXPECT_EQ(Shape(*parsed.tree.documents()[0]), "{a:1}");
  EXPECT_EQ((*parsed.tree.documents()[1])["c"].text(), "2");
  EXPECT_EQ((*parsed.tree.documents()[2])["d"].text(), "x");
  EXPECT_EQ(parsed.At((*parsed.tree.documents()[2])["d"].span), "\"x\"");
  EXPECT_EQ(parsed.tree.problems().size(), 1u);
}

TEST(Yaml, TheLineReaderFollowsIndentation) {
  struct Case {
    std::string text;
    std::string shape;
  };
  const std::string broken = "@: [\n";  // no parser accepts it
  const std::vector<Case> cases = {
      {"a: 1\nb:\n  c: 'x y' # z\n  d:\n  - e: 1\n    f: 2\n  - g\nh: 3\n",
       "{a:1,b:{c:x y,d:[{e:1,f:2},g]},h:3}"},
      {"a:\n- - 1\n  - 2\n-\n  b: c\n", "{a:[[1,2],{b:c}]}"},
      {"a: |\n  x\n  y: z\nb: [1, {c: 2, d}, 'e']\n", "{a:x\ny: z\n,b:[1,{c:2,d:~},e]}"},
      {"a: [1,\n  2]\nb: [1\nc: 3\n", "{a:[1,2],b:[1,c:3}"},
      {"a:\nb:\n  c:\n", "{a:~,b:{c:~}}"},
      {"a: &x 1\nb: *x\n\tc: 2\n", "{a:1,b:1}"},
      {"\"a b\": \"c\n  d\"\ne: f\n", "{a b:c d,e:f}"},
      {"a: http://x:y@z\nb: c:d\n", "{a:http://x:y@z,b:c:d}"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const Parsed parsed(c.text + broken);
    ASSERT_FALSE(parsed.tree.problems().empty());
    EXPECT_EQ(Shape(parsed.root()), c.shape);
  }
}

TEST(Yaml, ParsesTextInsideAnotherText) {
  const Parsed outer("spec:\n  runtimeEnvYAML: |\n    env_vars:\n      A: \"b\"\n    pip: [x]\n");
  const YamlNode& block = outer.root()["spec"]["runtimeEnvYAML"];
  const YamlTree inner = ParseYaml(block.value);
  ASSERT_EQ(inner.documents().size(), 1u);
  const YamlNode& root = *inner.documents()[0];
  EXPECT_EQ(outer.At(root["env_vars"]["A"].span), "\"b\"");
  EXPECT_EQ(outer.At(root["env_vars"]["A"].value.ToSource()), "b");
  EXPECT_EQ(outer.At(root["pip"].span), "[x]");
}

TEST(Yaml, HolesOfTheInputAreHolesOfTheScalars) {
  const std::string text = "a: x${T}y\nb: \"${T}\"\n";
  Value::Builder builder;
  builder.AppendVerbatim("a: x", 0);
  builder.Append(Hole{"T", HoleOrigin::kEnvironment, FillTime::kInterpolated, {4, 8}, {}});
  builder.AppendVerbatim("y\nb: \"", 8);
  builder.Append(Hole{"T", HoleOrigin::kEnvironment, FillTime::kInterpolated, {14, 18}, {}});
  builder.AppendVerbatim("\"\n", 18);
  const YamlTree tree = ParseYaml(std::move(builder).Build());
  const YamlNode& root = *tree.documents().at(0);
  EXPECT_EQ(root["a"].value.Describe(), "x${T}y");
  EXPECT_EQ(root["a"].text(), "");
  ASSERT_NE(root["b"].value.OnlyHole(), nullptr);
  EXPECT_EQ(root["b"].value.ToSource(), (Span{14, 18}));
}

TEST(Yaml, HostileInputEnds) {
  const std::vector<std::string> texts = {
      ",\n",
      "{a},b",
      "[a],",
      std::string(100'000, '['),
      std::string("a\0b: c", 6),
      "a: \x04\nb: 1",
      std::string(50'000, '"') + "\n",
      "--- ---\n---",
      "- ? -\n  : @",
      "%YAML 9.9\n---\n%TAG",
      std::string(3'000, '\t') + "a: b",
      "@\na:\n  b: [x\"]\", ]\n]]\nc: d\n",
  };
  for (const std::string& text : texts) {
    const Parsed parsed(text);
    for (const YamlNode& node : parsed.tree.nodes()) {
      EXPECT_LE(node.span.begin, node.span.end);
      EXPECT_LE(node.span.end, text.size());
    }
  }
  std::string unclosed;
  for (int i = 0; i < 50'000; ++i) unclosed += "- \"\n- [ '\nk: {\n";
  EXPECT_FALSE(Parsed("@\n" + unclosed).tree.problems().empty());
}

}  // namespace
}  // namespace oakum
