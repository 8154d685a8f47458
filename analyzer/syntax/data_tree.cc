#include "analyzer/syntax/data_tree.h"

namespace oakum {

std::vector<DataTree::Id> DataTree::Children(Id id) const {
  std::vector<Id> children;
  if (id == kNone) return children;
  for (Id child = nodes_[id].first_child; child != kNone; child = nodes_[child].next) {
    children.push_back(child);
  }
  return children;
}

DataTree::Id DataTree::Find(Id map, std::string_view key) const {
  Id found = kNone;
  if (!Is(map, DataKind::kMap)) return found;
  for (Id child = nodes_[map].first_child; child != kNone; child = nodes_[child].next) {
    const Value& name = nodes_[child].key;
    if (name.is_literal() && name.text() == key) found = child;
  }
  return found;
}

DataTree::Id DataTree::Add(Id parent, Node node) {
  const Id id = static_cast<Id>(nodes_.size());
  node.parent = parent;
  node.first_child = node.next = kNone;
  nodes_.push_back(std::move(node));
  last_child_.push_back(kNone);
  if (parent == kNone) return id;
  Id& last = last_child_[parent];
  (last == kNone ? nodes_[parent].first_child : nodes_[last].next) = id;
  last = id;
  return id;
}

}  // namespace oakum
