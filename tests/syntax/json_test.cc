#include "analyzer/syntax/json.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace oakum {
namespace {

JsonText Parse(std::string_view text) {
  return ParseJson(Value(MappedText::Verbatim(text, 0)));
}

// A tree as one line: strings as they decode, members in order.
std::string Show(const DataTree& tree, DataTree::Id id) {
  if (id == DataTree::kNone) return "nothing";
  const DataTree::Node& node = tree[id];
  if (node.kind != DataKind::kMap && node.kind != DataKind::kList) return node.value.Describe();
  const bool map = node.kind == DataKind::kMap;
  std::string out = map ? "{" : "[";
  for (DataTree::Id child : tree.Children(id)) {
    if (out.size() > 1) out += ",";
    if (map) out += tree[child].key.Describe() + "=";
    out += Show(tree, child);
  }
  return out + (map ? "}" : "]");
}

std::string Shown(std::string_view text) {
  const JsonText json = Parse(text);
  return Show(json.tree, json.tree.root());
}

TEST(Json, ReadsEveryKindOfValue) {
  EXPECT_EQ(Shown(R"({"a": [1, -2.5e3, true, false, null], "b": {}, "c": "x"})"),
            "{a=[1,-2.5e3,true,false,null],b={},c=x}");
  EXPECT_EQ(Shown(""), "nothing");
  EXPECT_EQ(Shown("\"alone\""), "alone");
}

TEST(Json, DecodesEscapes) {
  EXPECT_EQ(Shown(R"("a\"b\\c\/d\n\t")"), "a\"b\\c/d\n\t");
  EXPECT_EQ(Shown(R"("\u00e9\u20ac\ud83d\ude00")"), "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  EXPECT_EQ(Shown(R"("\ud83d alone")"), "\xef\xbf\xbd alone");
}

TEST(Json, AnEscapeMapsToItsOwnBytes) {
  const std::string text = R"({"k": "ab\u0040cd"})";
  const JsonText json = Parse(text);
  const Value& value = json.tree[json.tree.Find(json.tree.root(), "k")].value;
  ASSERT_EQ(value.text(), "ab@cd");
  EXPECT_EQ(value.ToSource({2, 3}), (Span{9, 15}));
  EXPECT_EQ(value.ToSource({3, 5}), (Span{15, 17}));
  EXPECT_EQ(json.tree[json.tree.Find(json.tree.root(), "k")].span, (Span{6, 18}));
}

TEST(Json, TakesCommentsAndTrailingCommas) {
  EXPECT_TRUE(Parse("{\"a\": 1,}").trailing_comma);
  EXPECT_TRUE(Parse("[1, ]").trailing_comma);
  EXPECT_FALSE(Parse("[1, 2]").trailing_comma);
  EXPECT_EQ(Shown("// head\n{\"a\": 1, /* b */ \"b\": [1, 2,],}\n"), "{a=1,b=[1,2]}");
}

TEST(Json, ReadsWhatItCanOfBrokenText) {
  EXPECT_EQ(Shown(R"({"a": 1, "b": , "c": "x"})"), "{a=1,c=x}");
  EXPECT_EQ(Shown(R"({"a": {"b": "x")"), "{b=x}");
  EXPECT_TRUE(Parse(R"({"a": 1, oops})").error.has_value());
  EXPECT_FALSE(Parse(R"({"a": 1})").error.has_value());
}

TEST(Json, SaysWhereTextIsBroken) {
  struct Case {
    std::string_view text;
    int where;  // -1 for no error
  };
  const Case cases[] = {
      {R"({"a": })", 5},
      {R"({"a": 1, "b": , "c": 2})", 13},
      {"[1,2", 4},
      {"[[1,], [2]", 10},
      {R"({"a": [1})", 8},
      {R"({"a" 1})", 1},
      {R"({"a": 1} x)", 9},
      {"{\"a\": 1,\n}", -1},
      {"[1, /* c */ 2, // d, e\n]", -1},
      {"[1, 2 , ]", -1},
      {"[1,,2]", 2},
      {"", -1},
      {R"([{"a": ""}])", -1},
  };
  for (const Case& c : cases) {
    const JsonText json = Parse(c.text);
    EXPECT_EQ(json.error ? static_cast<int>(json.error->span->begin) : -1, c.where) << c.text;
  }
}

TEST(Json, ReadsSeveralValues) {
  const JsonText json = Parse("{\"a\": {\"b\": 1}}\n[1, [2]]{\"c\": [3]}\n");
  EXPECT_EQ(Show(json.tree, json.tree.root()), "{a={b=1}}");
  ASSERT_EQ(json.further.size(), 2u);
  EXPECT_EQ(Show(json.further[0], 0), "[1,[2]]");
  EXPECT_EQ(Show(json.further[1], 0), "{c=[3]}");
}

TEST(Json, KeepsTheHolesOfItsText) {
  Value::Builder builder;
  builder.AppendVerbatim(R"({"u": "https://)", 0);
  builder.Append(Hole{"TOKEN", HoleOrigin::kEnvironment, FillTime::kInterpolated, {15, 21}, {}});
  builder.AppendVerbatim(R"(@h\n", "n": )", 21);
  builder.Append(Hole{"N", HoleOrigin::kTemplate, FillTime::kInterpolated, {34, 39}, {}});
  builder.AppendVerbatim("}", 39);
  const JsonText json = ParseJson(std::move(builder).Build());
  EXPECT_EQ(Show(json.tree, json.tree.root()), "{u=https://${TOKEN}@h\n,n=${N}}");
  const Value& uri = json.tree[json.tree.Find(json.tree.root(), "u")].value;
  EXPECT_EQ(uri.ToSource({8, 9}), (Span{15, 21}));
  EXPECT_EQ(json.tree[json.tree.Find(json.tree.root(), "n")].kind, DataKind::kOther);
}

TEST(Json, KeepsEveryMemberOfAKeyAndFindsTheLast) {
  const JsonText json = Parse(R"({"a": 1, "a": 2})");
  EXPECT_EQ(json.tree.Children(json.tree.root()).size(), 2u);
  EXPECT_EQ(json.tree[json.tree.Find(json.tree.root(), "a")].value.text(), "2");
}

TEST(Json, SurvivesDeepNesting) {
  for (std::string_view bracket : {"[", "{\"a\":", "[{"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += bracket;
    const JsonText json = Parse(text);
    EXPECT_LE(json.tree.size(), static_cast<size_t>(DataTree::kMaxDepth));
    EXPECT_TRUE(json.error.has_value());
  }
}

}  // namespace
}  // namespace oakum
