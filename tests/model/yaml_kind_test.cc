#include "analyzer/model/yaml_kind.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {
namespace {

TEST(YamlKind, IsToldByContent) {
  struct Case {
    std::string text;
    std::string path;
    YamlKind kind;
  };
  const std::vector<Case> cases = {
      {"apiVersion: v1\nkind: Pod\n", "a.yaml", YamlKind::kKubernetes},
      {"apiVersion: v1\nkind: List\nitems: []\n", "a.yaml", YamlKind::kKubernetes},
      {"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "a.yaml",
       YamlKind::kKustomization},
      {"resources: [a.yaml]\n", "k8s/kustomization.yaml", YamlKind::kKustomization},
      {"services:\n  web: {image: nginx}\n", "stack.yml", YamlKind::kCompose},
      {"services: [postgres]\ntest: {script: make}\n", ".gitlab-ci.yml", YamlKind::kGitlabCi},
      {"stages: [a]\nbuild: {script: [make]}\n", "ci/x.yml", YamlKind::kGitlabCi},
      {".base: {image: x}\nbuild: {extends: .base, script: [make]}\n", "ci/x.yml",
       YamlKind::kGitlabCi},
      {"build: {script: [make]}\n", "ci/x.yml", YamlKind::kUnknown},
      {"on: push\njobs: {a: {runs-on: x, steps: []}}\n", ".github/workflows/a.yml",
       YamlKind::kGithubWorkflow},
      {"name: a\nruns: {using: composite, steps: []}\n", "action.yml", YamlKind::kGithubAction},
      {"channels: [defaults]\ndependencies: [python]\n", "x.yml", YamlKind::kCondaEnvironment},
      {"dependencies: [python, {pip: [x]}]\n", "environment.yml", YamlKind::kCondaEnvironment},
      {"apiVersion: v2\nname: c\ndependencies: [{name: x}]\n", "Chart.yaml", YamlKind::kUnknown},
      {"channel_alias: https://h\n", ".condarc", YamlKind::kCondarc},
      {"applications: [{name: a, import_path: m:app}]\n", "a.yaml", YamlKind::kServeConfig},
      {"import_path: m:app\nruntime_env: {}\n", "a.yaml", YamlKind::kServeConfig},
      {"cluster_name: c\nprovider: {type: aws}\n", "a.yaml", YamlKind::kClusterLauncher},
      {"working_dir: https://h/x.zip\npip: [a]\n", "a.yaml", YamlKind::kRuntimeEnv},
      {"working_dir: x\nother: y\n", "a.yaml", YamlKind::kUnknown},
      {"name: j\nentrypoint: python a.py\nimage_uri: x/y\n", "job.yaml", YamlKind::kAnyscaleConfig},
      {"docker_image: x/y\nregistry_login_secret: s\n", "env.yaml", YamlKind::kAnyscaleConfig},
      {"base_image: anyscale/ray:2\npost_build_cmds: []\n", "env.yaml",
       YamlKind::kAnyscaleClusterEnv},
      {"head: {rayStartParams: {}}\nworker: {}\n", "values.yaml", YamlKind::kRayClusterValues},
      {"ray-cluster: {head: {containerEnv: []}}\n", "values.yaml", YamlKind::kRayClusterValues},
      {"head: {title: x}\nbody: {}\n", "page.yaml", YamlKind::kUnknown},
      {"- a\n- b\n", "a.yaml", YamlKind::kUnknown},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const Source source(c.path, c.text);
    const YamlTree tree = ParseYaml(Value(source.body()));
    ASSERT_EQ(tree.documents().size(), 1u);
    EXPECT_EQ(YamlKindName(KindOfYaml(*tree.documents()[0], c.path)), YamlKindName(c.kind));
    // Or it would not be parsed at all.
    EXPECT_TRUE(c.kind == YamlKind::kUnknown || MayHaveYamlKind(c.text, c.path));
  }
}

TEST(YamlKind, MayBeToldBeforeParsing) {
  const auto may = [](std::string_view text) { return MayHaveYamlKind(text, "a.yaml"); };
  EXPECT_TRUE(may("# x\n---\napiVersion: v1\n"));
  EXPECT_TRUE(may("{\n  \"apiVersion\": \"v1\"\n}\n"));
  EXPECT_TRUE(may("--- {\n  apiVersion: v1}\n"));
  EXPECT_TRUE(may("{{- if .Values.on }}\n  apiVersion: v1\n{{- end }}\n"));
  EXPECT_TRUE(may("  apiVersion: v1\n  kind: Pod\n"));
  EXPECT_TRUE(may("a: b\n---\n  jobs: {}\n"));
  EXPECT_TRUE(may("? apiVersion\n: v1\n"));
  EXPECT_TRUE(may("a:\n  volumes:\n    defaultMode: 0440\n"));
  EXPECT_TRUE(may("ray:\n  head:\n    image: x\n"));
  // Examples inside of another tool's file.
  EXPECT_FALSE(may("rules:\n- pattern: |\n    apiVersion: v1\n  mode: taint\n"));
  EXPECT_FALSE(may("rules:\n  jobs: {steps: []}\n"));
  EXPECT_FALSE(may("# apiVersion: v1\na: b\n"));
}

}  // namespace
}  // namespace oakum
