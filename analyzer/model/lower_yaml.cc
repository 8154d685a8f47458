#include "analyzer/model/lower_yaml.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/lower_compose.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/lower_workflow.h"
#include "analyzer/model/yaml_kind.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_data.h"
#include "analyzer/syntax/yaml_documents.h"
#include "analyzer/syntax/yaml_template.h"

namespace oakum {

namespace {

void LowerDocument(const YamlNode& root, const Source& source, Facts& facts) {
  const std::string_view path = source.path();
  switch (KindOfYaml(root, path)) {
    case YamlKind::kKubernetes:
      return LowerKubernetes(root, facts);
    case YamlKind::kKustomization:
      return LowerKustomization(root, facts);
    case YamlKind::kCondarc:
    case YamlKind::kCondaEnvironment:
      return LowerConda(ToDataTree(root), facts);
    case YamlKind::kAnyscaleConfig:
    case YamlKind::kAnyscaleClusterEnv:
      LowerAnyscale(ToDataTree(root), facts);
      return LowerAnyscaleRuntimeEnv(ToDataTree(root), facts);
    case YamlKind::kRayClusterValues:
      return LowerRayClusterValues(root, facts);
    case YamlKind::kCompose:
      return LowerCompose(root, facts);
    case YamlKind::kGithubWorkflow:
      return LowerGithubWorkflow(root, source, facts);
    case YamlKind::kGithubAction:
      return LowerGithubAction(root, source, facts);
    case YamlKind::kGitlabCi:
      return LowerGitlabCi(root, facts);
    case YamlKind::kCircleCi:
      return LowerCircleCi(root, facts);
    case YamlKind::kAzurePipeline:
      return LowerAzurePipeline(root, facts);
    case YamlKind::kServeConfig:
      return LowerServeConfig(ToDataTree(root), facts);
    case YamlKind::kClusterLauncher:
      return LowerClusterLauncher(ToDataTree(root), facts);
    case YamlKind::kRuntimeEnv:
      return LowerRuntimeEnvFile(ToDataTree(root), facts);
    default:
      return;
  }
}

void AddNotices(const YamlTree& tree, bool is_template, Facts& facts) {
  // One is enough to know that some of the file was only read by its lines.
  if (!tree.problems().empty()) {
    const Error& first = tree.problems()[0];
    const size_t more = tree.problems().size() - 1;
    const std::string others = more == 0 ? "" : ", and so are " + std::to_string(more) + " more";
    facts.notices.push_back({first.message + others, first.span.value_or(Span{})});
  }
  // The branches of a template repeat keys as a matter of course.
  if (tree.duplicate_keys().empty() || is_template) return;
  const size_t count = tree.duplicate_keys().size();
  facts.notices.push_back(
      {count == 1
           ? "a key is given twice in one mapping; the last one counts"
           : std::to_string(count) + " keys are given twice in one mapping; the last one counts",
       tree.duplicate_keys()[0]});
}

// A pod is open when a template brings text anywhere from its beginning to the end of its document:
// indentation alone does not tell where that text would go.
void MarkOpenPods(const YamlTree& tree, const std::vector<Span>& insertions, Facts& facts) {
  auto first_from = [](const auto& sorted, uint32_t at, auto begin_of) {
    auto found = std::lower_bound(sorted.begin(), sorted.end(), at,
                                  [&](const auto& item, uint32_t p) { return begin_of(item) < p; });
    return found == sorted.end() ? UINT32_MAX : begin_of(*found);
  };
  auto span_begin = [](Span span) { return span.begin; };
  auto node_begin = [](const YamlNode* node) { return node->span.begin; };
  for (KubernetesObject& object : facts.kubernetes) {
    for (PodTemplate& pod : object.pods) {
      const uint32_t next = first_from(tree.documents(), pod.span.begin + 1, node_begin);
      pod.open = first_from(insertions, pod.span.begin, span_begin) < next;
    }
  }
}

}  // namespace

void LowerYaml(const Source& source, Facts& facts) {
  if (!MayHaveYamlKind(source.text(), source.path())) return;
  // Schemas hold no values of anyone, and are the bulk of the YAML of an operator's repository.
  const Value body = WithoutYamlDocuments(Value(source.body()), "kind: CustomResourceDefinition");
  const YamlTemplate resolved = ResolveYamlTemplate(body);
  const YamlTree tree = ParseYaml(resolved.text);
  for (const YamlNode* root : tree.documents()) LowerDocument(*root, source, facts);
  LowerVolumeModes(tree, false, facts);
  if (!resolved.insertions.empty()) MarkOpenPods(tree, resolved.insertions, facts);
  AddNotices(tree, IsYamlTemplate(body.text()), facts);
}

void LowerJsonManifest(const Source& source, Facts& facts) {
  const std::string_view text = source.text();
  if (text.find("\"apiVersion\"") == text.npos || text.find("\"kind\"") == text.npos) return;
  const YamlTree tree = ParseYaml(Value(source.body()));
  for (const YamlNode* root : tree.documents()) {
    if (KindOfYaml(*root, source.path()) != YamlKind::kKubernetes) continue;
    LowerKubernetes(*root, facts);
  }
  if (!facts.kubernetes.empty()) LowerVolumeModes(tree, true, facts);
}

}  // namespace oakum
