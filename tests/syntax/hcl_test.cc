#include "analyzer/syntax/hcl.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// {key: [text, ...]}; other scalars in angle brackets.
std::string Show(const DataTree& tree, DataTree::Id id) {
  const DataTree::Node& node = tree[id];
  if (node.kind == DataKind::kText) return node.value.Describe();
  const bool map = node.kind == DataKind::kMap;
  if (!map && node.kind != DataKind::kList) return "<" + node.value.Describe() + ">";
  std::string out;
  for (const DataTree::Id child : tree.Children(id)) {
    if (!out.empty()) out += ", ";
    if (map) out += tree[child].key.Describe() + ": ";
    out += Show(tree, child);
  }
  return (map ? "{" : "[") + out + (map ? "}" : "]");
}

struct Case {
  const char* text;
  const char* shown;
};

constexpr Case kCases[] = {
    {"", "{}"},
    {"a = \"b\"\n", "{a: b}"},
    {"a = \"b\\n\\\"c\\\\\"", "{a: b\n\"c\\}"},
    {"a = 5\nb = true\nc = null", "{a: <5>, b: <true>, c: <null>}"},
    {"target \"app\" {\n  context = \".\"\n}\n", "{target: {app: {context: .}}}"},
    {"target \"a\" {}\ntarget \"b\" {}\n", "{target: {a: {}, b: {}}}"},
    {"variable TAG { default = \"dev\" }", "{variable: {TAG: {default: dev}}}"},
    {"t \"a\" {\n  x = 1\n}\nt \"a\" {\n  y = 2\n}", "{t: {a: {x: <1>, y: <2>}}}"},
    {"args = {\n  A = \"1\"\n  B : \"2\", \"C\" = \"3\"\n}", "{args: {A: 1, B: 2, C: 3}}"},
    {"tags = [\"a:${TAG}\", \"b\",]", "{tags: [a:${TAG}, b]}"},
    {"tags = [\n  \"a\",\n  # \"b\",\n  \"c\"\n]", "{tags: [a, c]}"},
    {"a = TOKEN", "{a: ${TOKEN}}"},
    {"a = var.TOKEN", "{a: ${TOKEN}}"},
    {"a = \"x${lower(TAG)}y\"", "{a: x${TAG}y}"},
    {"a = notequal(\"\", T) ? TOKEN : \"none\"", "{a: <${TOKEN}>}"},
    {"a = \"$${b}\" # comment\nc = \"d\" // comment\n/* e\n */ f = \"g\"", "{a: ${b}, c: d, f: g}"},
    {"a = \"${b ? \"}\" : \"x\"}z\"", "{a: ${b}z}"},
    {"a = <<EOT\nline ${B}\nEOT\nc = \"d\"", "{a: line ${B}\n, c: d}"},
    {"a = <<-EOT\n  x\n  EOT\n", "{a:   x\n}"},
    {"a = [for x in y: x]\nb = \"c\"", "{a: <${x}>, b: c}"},
    {"a = [[\"b\"], []]", "{a: [[b], []]}"},
    {"function \"f\" {\n  params = [x]\n  result = x\n}",
     "{function: {f: {params: [${x}], result: ${x}}}}"},
    // Broken text costs its line.
    {"a = \"b\nc = \"d\"", "{a: b, c: d}"},
    {"%%%\na = \"b\"", "{a: b}"},
    {"}\na = \"b\"", "{a: b}"},
    {"target \"app\" {\n a = \"b\"", "{target: {app: {a: b}}}"},
    {"a =", "{a: <${expression}>}"},
    {"a = {", "{a: {}}"},
};

TEST(Hcl, ReadsWhatTheJsonFormSays) {
  for (const Case& each : kCases) {
    const HclText hcl = ParseHcl(MappedText::Verbatim(each.text, 0));
    EXPECT_EQ(Show(hcl.tree, 0), each.shown) << each.text;
  }
}

TEST(Hcl, SpansAreThoseOfTheFile) {
  const std::string text = "target \"app\" {\n  args = { TOKEN = \"a\\\"${SECRET}\" }\n}\n";
  const HclText hcl = ParseHcl(MappedText::Verbatim(text, 0));
  const DataTree& tree = hcl.tree;
  const auto app = tree.Find(tree.Find(tree.root(), "target"), "app");
  const auto token = tree.Find(tree.Find(app, "args"), "TOKEN");
  ASSERT_NE(token, DataTree::kNone);
  ASSERT_EQ(tree[token].value.holes().size(), 1u);
  const Span span = tree[token].value.holes()[0].hole.span;
  EXPECT_EQ(text.substr(span.begin, span.size()), "${SECRET}");
  EXPECT_EQ(text.substr(tree[token].span.begin, tree[token].span.size()), "\"a\\\"${SECRET}\"");
}

TEST(Hcl, DeepNestingEnds) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a {\n";
  for (int i = 0; i < 1000; ++i) text += "b = [[[[";
  EXPECT_FALSE(ParseHcl(MappedText::Verbatim(text, 0)).errors.empty());
}

TEST(HclTemplate, TakesReferencesAlone) {
  const auto show = [](const char* text) {
    return HclTemplate(MappedText::Verbatim(text, 0)).Describe();
  };
  EXPECT_EQ(show("a${B}c"), "a${B}c");
  EXPECT_EQ(show("a$${B}c"), "a${B}c");
  EXPECT_EQ(show("%{ if X }y%{ endif }"), "y");
  EXPECT_EQ(show("cost $5 ${"), "cost $5 ${");
  EXPECT_EQ(HclTemplate(MappedText::Verbatim("a$${B}c", 0)).holes().size(), 0u);
}

}  // namespace
}  // namespace oakum
