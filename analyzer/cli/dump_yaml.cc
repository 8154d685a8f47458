#include <string>
#include <utility>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/model/yaml_kind.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_template.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

std::string_view StyleName(YamlStyle style) {
  switch (style) {
    case YamlStyle::kPlain:
      return "plain";
    case YamlStyle::kSingleQuoted:
      return "single-quoted";
    case YamlStyle::kDoubleQuoted:
      return "double-quoted";
    case YamlStyle::kLiteral:
      return "literal";
    case YamlStyle::kFolded:
      return "folded";
    case YamlStyle::kBlock:
      return "block";
    case YamlStyle::kFlow:
      return "flow";
  }
  return "";
}

// Printing JSON recurses, so the depth that is shown has a limit.
constexpr int kMaxDepth = 200;

Json DumpNode(const YamlNode& node, int depth) {
  Json json = {{"span", DumpSpan(node.span)}};
  if (!node.tag.empty()) json["tag"] = node.tag;
  if (node.kind == YamlNode::Kind::kNull) {
    json["kind"] = "null";
    return json;
  }
  json["style"] = StyleName(node.style);
  if (node.IsScalar()) {
    json["kind"] = "scalar";
    json["value"] = DumpValue(node.value);
    if (!node.exact) json["exact"] = false;
    return json;
  }
  json["kind"] = node.IsMapping() ? "mapping" : "sequence";
  Json entries = Json::array();
  for (const YamlEntry& entry : node.entries) {
    if (depth >= kMaxDepth) break;
    Json item;
    if (entry.key != nullptr) item["key"] = DumpNode(*entry.key, depth + 1);
    if (entry.alias.empty()) {
      item["value"] = DumpNode(*entry.value, depth + 1);
    } else {  // shown where it is anchored; here only the reference
      item["alias"] = DumpSpan(entry.alias);
      item["target"] = DumpSpan(entry.value->span);
    }
    entries.push_back(std::move(item));
  }
  json["entries"] = std::move(entries);
  return json;
}

}  // namespace

Json DumpYaml(const Source& source) {
  const YamlTree tree = ParseYaml(ResolveYamlTemplate(Value(source.body())).text);
  Json json = {{"documents", Json::array()}};
  for (const YamlNode* root : tree.documents()) {
    Json document = {{"is", YamlKindName(KindOfYaml(*root, source.path()))}};
    document.update(DumpNode(*root, 0));
    json["documents"].push_back(std::move(document));
  }
  json["errors"] = DumpErrors(tree.problems());
  for (const Span& key : tree.duplicate_keys()) json["duplicate_keys"].push_back(DumpSpan(key));
  return json;
}

}  // namespace oakum
