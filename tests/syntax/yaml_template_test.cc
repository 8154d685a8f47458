#include "analyzer/syntax/yaml_template.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_data.h"
#include "analyzer/syntax/yaml_documents.h"

namespace oakum {
namespace {

TEST(YamlTemplate, AHelmTemplateKeepsItsShape) {
  const Source source("t.yaml",
                      "{{- if .Values.on }}\n"
                      "spec:\n"
                      "  {{- with .Values.pod }}\n"
                      "  image: {{ .repo }}:{{ .tag | default \"1\" }}\n"
                      "  {{- end }}\n"
                      "  labels: {{- include \"x\" . | nindent 4 }}\n"
                      "  {{- toYaml .more | nindent 2 }}\n"
                      "  name: \"a-{{ .Release.Name }}\"\n"
                      "  mode: 400\n"
                      "{{- end }}\n");
  const YamlTree tree = ParseYaml(ResolveYamlTemplate(Value(source.body())).text);
  EXPECT_TRUE(tree.problems().empty());
  ASSERT_EQ(tree.documents().size(), 1u);
  const YamlNode& spec = (*tree.documents()[0])["spec"];
  EXPECT_EQ(spec["image"].value.holes().size(), 2u);
  EXPECT_NE(spec["labels"].value.OnlyHole(), nullptr);
  EXPECT_EQ(spec["name"].value.HoleAt(2)->origin, HoleOrigin::kTemplate);
  const Span mode = spec["mode"].span;
  EXPECT_EQ(source.text().substr(mode.begin, mode.size()), "400");
}

TEST(YamlTemplate, WorkflowsAreNone) {
  EXPECT_TRUE(IsYamlTemplate("a: {{ .x }}"));
  EXPECT_TRUE(IsYamlTemplate("{% set x = 1 %}\na: {{ x }}"));
  EXPECT_FALSE(IsYamlTemplate("a: ${{ secrets.x }}\nrun: docker inspect -f '{{.Id}}'"));
  EXPECT_FALSE(IsYamlTemplate("a: {b: {c: d}}"));
}

TEST(YamlDocuments, AreFoundAndLeftOut) {
  const std::string text = "a: 1\n---x\n---\nkind: X\nb: 2\n--- # c\nd: kind: X\n";
  EXPECT_EQ(NextYamlDocument(text, 0), 10u);
  EXPECT_EQ(NextYamlDocument(text, 10), 27u);
  EXPECT_EQ(NextYamlDocument(text, 27), text.size());
  const Source source("t.yaml", text);
  const Value rest = WithoutYamlDocuments(Value(source.body()), "kind: X");
  EXPECT_EQ(rest.text(), "a: 1\n---x\n--- # c\nd: kind: X\n");
  EXPECT_EQ(rest.ToSource({10, 11}), (Span{27, 28}));
  EXPECT_EQ(WithoutYamlDocuments(Value(source.body()), "kind: Y").text(), text);
}

TEST(YamlData, ExpandsMergesAndTellsKinds) {
  const Source source("t.yaml",
                      "base: &b {x: 1, y: text}\n"
                      "top: {<<: *b, x: '2', z: [true, ~, 1.5, 0o17]}\n");
  const YamlTree tree = ParseYaml(Value(source.body()));
  const DataTree data = ToDataTree((*tree.documents().at(0))["top"]);
  const DataTree::Id root = data.root();
  EXPECT_EQ(data[data.Find(root, "x")].kind, DataKind::kText);
  EXPECT_EQ(data[data.Find(root, "y")].value.text(), "text");
  const auto z = data.Children(data.Find(root, "z"));
  ASSERT_EQ(z.size(), 4u);
  EXPECT_EQ(data[z[0]].kind, DataKind::kBool);
  EXPECT_EQ(data[z[1]].kind, DataKind::kNull);
  EXPECT_EQ(data[z[2]].kind, DataKind::kNumber);
  EXPECT_EQ(data[z[3]].kind, DataKind::kText);
}

TEST(YamlData, AnAliasBombStaysSmall) {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before +
            "]\n";
  }
  const Source source("t.yaml", text);
  const YamlTree tree = ParseYaml(Value(source.body()));
  EXPECT_LE(ToDataTree(*tree.documents().at(0)).size(), 200'000u);
}

}  // namespace
}  // namespace oakum
