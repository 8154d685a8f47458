#include "analyzer/syntax/yaml_data.h"

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace oakum {

namespace {

constexpr size_t kMaxNodes = 200'000;

bool IsNumber(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  bool digit = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c != '.' && c != 'e' && c != 'E' && c != '_' && c != '+' && c != '-') {
      return false;
    }
  }
  return digit && text[0] != 'e' && text[0] != 'E' && text[0] != '_';
}

DataKind KindOf(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kSequence:
      return DataKind::kList;
    case YamlNode::Kind::kMapping:
      return DataKind::kMap;
    case YamlNode::Kind::kScalar:
      break;
    default:
      return DataKind::kNull;
  }
  if (!node.IsPlain() || !node.tag.empty()) return DataKind::kText;
  if (node.value.OnlyHole() != nullptr) return DataKind::kOther;
  const std::string_view text = node.text();
  if (text == "true" || text == "false" || text == "True" || text == "False")
    return DataKind::kBool;
  return IsNumber(text) ? DataKind::kNumber : DataKind::kText;
}

struct Pending {
  const YamlNode* node;
  DataTree::Id parent;
  Value key;
  int depth;
};

// The children of `node`, last first: what is pushed last is read first.
void PushChildren(const YamlNode& node, DataTree::Id id, int depth, std::vector<Pending>& todo) {
  if (node.IsSequence()) {
    for (auto entry = node.entries.rbegin(); entry != node.entries.rend(); ++entry) {
      todo.push_back({entry->value, id, {}, depth});
    }
    return;
  }
  // What a merge key brings in comes first, so that the node's own pairs, duplicates included,
  // override it.
  for (auto entry = node.entries.rbegin(); entry != node.entries.rend(); ++entry) {
    if (entry->key->text() != "<<") todo.push_back({entry->value, id, entry->key->value, depth});
  }
  if (node.Find("<<") == nullptr) return;
  const YamlEntry* begin = node.entries.data();
  const YamlEntry* end = begin + node.entries.size();
  const std::less<const YamlEntry*> before;
  for (const YamlEntry* pair : node.Pairs()) {
    const bool own = !before(pair, begin) && before(pair, end);
    if (!own) todo.push_back({pair->value, id, pair->key->value, depth});
  }
}

}  // namespace

DataTree ToDataTree(const YamlNode& node) {
  DataTree tree;
  if (!node) return tree;
  std::vector<Pending> todo = {{&node, DataTree::kNone, {}, 0}};
  while (!todo.empty() && tree.size() < kMaxNodes) {
    Pending next = std::move(todo.back());
    todo.pop_back();
    DataTree::Node data;
    data.kind = KindOf(*next.node);
    data.value = next.node->value;
    data.key = std::move(next.key);
    data.span = next.node->span;
    const DataTree::Id id = tree.Add(next.parent, std::move(data));
    if (next.depth + 1 < DataTree::kMaxDepth && !next.node->entries.empty()) {
      PushChildren(*next.node, id, next.depth + 1, todo);
    }
  }
  return tree;
}

}  // namespace oakum
