#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <re2/re2.h>

#include "analyzer/model/held_credential.h"
#include "analyzer/model/lower_kubernetes.h"
#include "analyzer/model/lower_pod.h"
#include "analyzer/model/lower_pod_facts.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

namespace {

KeyedSource ReadGenerator(const YamlNode& node, bool config_map) {
  KeyedSource source;
  source.config_map = config_map;
  source.name = node["name"].text();
  source.name_space = node["namespace"].text();
  source.span = node["name"] ? node["name"].span : node.span;
  for (const YamlEntry& entry : node["files"].entries) {
    source.keys.push_back(KeyOfFile(entry.value->value));
  }
  for (const YamlEntry& entry : node["literals"].entries) {
    const std::string_view text = entry.value->text();
    source.keys.push_back({std::string(text.substr(0, text.find('='))), entry.value->span});
  }
  // `behavior: merge` adds to what a base has; env files bring keys of their own.
  source.complete = !node["envs"] && !node["env"] && !node["behavior"];
  return source;
}

// `literals: [KEY=VALUE]`, quotes around the value aside.
void AddLiterals(const YamlNode& node, bool config_map, Facts& facts) {
  for (const YamlEntry& entry : node["literals"].entries) {
    const Value& literal = entry.value->value;
    const size_t equals = literal.text().find('=');
    if (equals == std::string_view::npos) continue;
    Value value = literal.Slice(static_cast<uint32_t>(equals + 1));
    const std::string_view text = value.text();
    const bool quoted =
        text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.front() == text.back();
    if (quoted) value = value.Slice({1, value.size() - 1});
    const std::string key(literal.text().substr(0, equals));
    for (HeldCredential& credential : CredentialsInFile(key, value, !config_map)) {
      credential.config_map = config_map;
      credential.generator = true;
      credential.holder = node["name"].text();
      facts.held_credentials.push_back(std::move(credential));
    }
  }
}

void LowerGenerators(const YamlNode& list, bool config_map, Facts& facts) {
  std::set<const YamlNode*> known;  // aliases may name one generator many times
  for (const YamlEntry& entry : list.entries) {
    if (!known.insert(entry.value).second) continue;
    facts.keyed_sources.push_back(ReadGenerator(*entry.value, config_map));
    AddLiterals(*entry.value, config_map, facts);
    if (!config_map) LowerPullSecretGenerator(*entry.value, facts);
  }
}

// A JSON patch (RFC 6902) that adds to a container's environment: a pod with nothing else.
void LowerOperation(const YamlNode& operation, Facts& facts) {
  const std::string_view path = operation["path"].text();
  static const RE2 kEnvironment(R"(.*/env(?:/(?:-|[0-9]+))?)");
  if (!RE2::FullMatch({path.data(), path.size()}, kEnvironment)) return;
  PodReader reader;
  Container container;
  if (operation["value"].IsSequence()) {
    container.env = reader.ReadEnv(operation["value"]);
  } else {
    YamlNode list;
    list.kind = YamlNode::Kind::kSequence;
    list.entries.push_back({nullptr, &operation["value"], {}});
    container.env = reader.ReadEnv(list);
  }
  container.span = operation.span;
  KubernetesObject object;
  object.kind = "patch";
  object.patch = true;
  object.span = operation.span;
  PodTemplate pod;
  pod.span = operation.span;
  pod.containers.push_back(std::move(container));
  PodTexts seen;
  LowerPodFacts(pod, seen, facts);
  object.pods.push_back(std::move(pod));
  facts.kubernetes.push_back(std::move(object));
}

// Patches read as the objects that they describe a part of.
void LowerPatch(const Value& text, Facts& facts) {
  const YamlTree tree = ParseYaml(text);
  const size_t before = facts.kubernetes.size();
  for (const YamlNode* root : tree.documents()) {
    if (root->IsMapping() && (*root)["kind"].IsScalar()) LowerKubernetes(*root, facts);
    for (const YamlEntry& operation : root->entries) {
      if (root->IsSequence()) LowerOperation(*operation.value, facts);
    }
  }
  for (size_t i = before; i < facts.kubernetes.size(); ++i) facts.kubernetes[i].patch = true;
}

void LowerPatches(const YamlNode& root, Facts& facts) {
  std::set<const YamlNode*> known;
  for (const std::string_view key : {"patches", "patchesStrategicMerge", "patchesJson6902"}) {
    for (const YamlEntry& entry : root[key].entries) {
      const YamlNode& patch = entry.value->IsScalar() ? *entry.value : (*entry.value)["patch"];
      if (!patch.IsScalar() || !known.insert(&patch).second) continue;
      // A single line is the name of a file, which is read for itself.
      if (patch.value.text().find('\n') != std::string_view::npos) LowerPatch(patch.value, facts);
    }
  }
}

}  // namespace

void LowerKustomization(const YamlNode& root, Facts& facts) {
  LowerGenerators(root["secretGenerator"], false, facts);
  LowerGenerators(root["configMapGenerator"], true, facts);
  LowerPatches(root, facts);
}

}  // namespace oakum
