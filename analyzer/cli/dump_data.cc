#include "analyzer/cli/dump_data.h"

#include <string_view>

#include "analyzer/cli/dump_value.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

std::string_view KindName(DataKind kind) {
  switch (kind) {
    case DataKind::kNull:
      return "null";
    case DataKind::kBool:
      return "bool";
    case DataKind::kNumber:
      return "number";
    case DataKind::kText:
      return "text";
    case DataKind::kList:
      return "list";
    case DataKind::kMap:
      return "map";
    case DataKind::kOther:
      return "other";
  }
  return "other";
}

// Recurses to DataTree::kMaxDepth at most.
Json DumpNode(const DataTree& tree, DataTree::Id id) {
  const DataTree::Node& node = tree[id];
  Json json = {{"kind", KindName(node.kind)}};
  if (!node.key.empty()) json["key"] = DumpValue(node.key);
  json["span"] = DumpSpan(node.span);
  if (node.kind == DataKind::kMap || node.kind == DataKind::kList) {
    json["items"] = Json::array();
    for (DataTree::Id child : tree.Children(id)) json["items"].push_back(DumpNode(tree, child));
  } else {
    json["value"] = DumpValue(node.value);
  }
  return json;
}

}  // namespace

Json DumpData(const DataTree& tree) {
  return tree.empty() ? Json() : DumpNode(tree, tree.root());
}

}  // namespace oakum
