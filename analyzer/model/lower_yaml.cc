#include "analyzer/model/lower_yaml.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "analyzer/model/config_uris.h"
#include "analyzer/model/lower_compose.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/lower_workflow.h"
#include "analyzer/model/tool_config.h"
#include "analyzer/model/uri_hint.h"
#include "analyzer/model/yaml_kind.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_data.h"
#include "analyzer/syntax/yaml_documents.h"
#include "analyzer/syntax/yaml_template.h"

namespace oakum {

namespace {

void LowerDocument(const YamlNode& root, const Source& source, const ModuleFinder& find,
                   Facts& facts) {
  const std::string_view path = source.path();
  if (ToolConfigAt(path)) LowerToolConfig(ToDataTree(root), facts);
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
      return LowerGitlabCi(root, source, find, facts);
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

// Whether the lines that a template inserts belong to a key of their own that says nothing of
// containers, users or volumes: `resources:` above, and a deeper indentation below.
bool IsHarmless(std::string_view text, Span insertion) {
  static const RE2 kIndent(R"(.*\bn?indent\s+([0-9]+).*)");
  static const RE2 kHarmless(
      R"(( *)(?:- )?(?:imagePullSecrets|resources|nodeSelector|tolerations|affinity|labels|)"
      R"(annotations|matchLabels|ports|rayStartParams|topologySpreadConstraints|dnsConfig|)"
      R"(livenessProbe|readinessProbe|startupProbe|lifecycle|strategy|selector):\s*)");
  const std::string_view action = text.substr(insertion.begin, insertion.size());
  int indent = 0;
  if (!RE2::FullMatch({action.data(), action.size()}, kIndent, &indent)) return false;
  // The nearest line above that is no action.
  for (size_t end = text.rfind('\n', insertion.begin); end != text.npos && end > 0;) {
    const size_t begin = text.rfind('\n', end - 1);
    const size_t first = begin == text.npos ? 0 : begin + 1;
    const std::string_view line = text.substr(first, end - first);
    const size_t word = line.find_first_not_of(' ');
    if (word != line.npos && !line.substr(word).starts_with("{{")) {
      re2::StringPiece blanks;
      return RE2::FullMatch({line.data(), line.size()}, kHarmless, &blanks) &&
             static_cast<size_t>(indent) > blanks.size();
    }
    end = begin;
  }
  return false;
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

// URIs of quoted scalars whose escapes hide them from whoever reads the bytes.
void AddEscapedUris(const YamlTree& tree, Facts& facts) {
  std::vector<uint32_t> known;  // where URIs begin that are found already
  for (const UriUse& use : facts.uris) known.push_back(use.uri.whole.ToSource().begin);
  std::sort(known.begin(), known.end());
  for (const YamlNode& node : tree.nodes()) {
    const bool quoted =
        node.style == YamlStyle::kDoubleQuoted || node.style == YamlStyle::kSingleQuoted;
    if (!quoted || !node.IsScalar()) continue;
    if (node.value.mapped().is_verbatim() ||
        node.value.text().find("://") == std::string_view::npos)
      continue;
    const auto next = std::lower_bound(known.begin(), known.end(), node.span.begin);
    if (next != known.end() && *next < node.span.end) continue;
    AddConfigUris(node.value, {}, facts);
  }
}

}  // namespace

void LowerYaml(const Source& source, Facts& facts, const ModuleFinder& find) {
  const bool escaped = MayHoldEscapedUri(source.text());
  if (!MayHaveYamlKind(source.text(), source.path())) {
    if (escaped) AddEscapedUris(ParseYaml(Value(source.body())), facts);
    return;
  }
  // Schemas hold no values of anyone, and are the bulk of the YAML of an operator's repository.
  const Value body = WithoutYamlDocuments(Value(source.body()), "kind: CustomResourceDefinition");
  const YamlTemplate resolved = ResolveYamlTemplate(body);
  const YamlTree tree = ParseYaml(resolved.text);
  for (const YamlNode* root : tree.documents()) LowerDocument(*root, source, find, facts);
  const bool is_template = IsYamlTemplate(body.text());
  if (escaped) AddEscapedUris(tree, facts);
  LowerVolumeModes(tree, is_template ? ManifestForm::kTemplate : ManifestForm::kYaml, facts);
  std::vector<Span> unseen = resolved.insertions;
  std::erase_if(unseen, [&](Span span) { return IsHarmless(source.text(), span); });
  // What was not understood may say anything, too.
  for (const Error& problem : tree.problems()) unseen.push_back(problem.span.value_or(Span{}));
  std::sort(unseen.begin(), unseen.end());
  if (!unseen.empty()) MarkOpenPods(tree, unseen, facts);
  AddNotices(tree, is_template, facts);
}

void LowerJsonManifest(const Source& source, Facts& facts) {
  const std::string_view text = source.text();
  if (text.find("\"apiVersion\"") == text.npos || text.find("\"kind\"") == text.npos) return;
  const YamlTree tree = ParseYaml(Value(source.body()));
  for (const YamlNode* root : tree.documents()) {
    if (KindOfYaml(*root, source.path()) != YamlKind::kKubernetes) continue;
    LowerKubernetes(*root, facts);
  }
  if (!facts.kubernetes.empty()) LowerVolumeModes(tree, ManifestForm::kJson, facts);
}

}  // namespace oakum
