// Objects as data.
#include <algorithm>
#include <utility>

#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

DataKind KindOf(const PyObject& object) {
  switch (object.kind) {
    case PyKind::kText:
      return DataKind::kText;
    case PyKind::kNumber:
      return DataKind::kNumber;
    case PyKind::kBool:
      return DataKind::kBool;
    case PyKind::kNull:
      return DataKind::kNull;
    case PyKind::kList:
      return DataKind::kList;
    case PyKind::kMap:
      return DataKind::kMap;
    case PyKind::kCall: {
      const bool named = std::any_of(object.items.begin(), object.items.end(),
                                     [](const PyItem& i) { return !i.key.empty() || i.unpacked; });
      return named ? DataKind::kMap : DataKind::kOther;
    }
    default:
      return DataKind::kOther;
  }
}

}  // namespace

DataTree PythonModule::ToData(PyId id) const {
  struct Pending {
    PyId object;
    DataTree::Id node;
    int depth;
  };
  // An object that is shared stands once for each way to it. What is near the root comes first: it
  // is what readers ask for.
  const size_t max_nodes = total_steps_ > 0 ? 20'000 : 200;
  DataTree tree;
  std::vector<Pending> pending;
  auto add = [&](PyId object_id, const Value& key, Span span, DataTree::Id parent, int depth) {
    if (tree.size() >= max_nodes) return;
    for (int i = 0; objects_[object_id].kind == PyKind::kJson && i < 8; ++i) {
      object_id = objects_[object_id].items.front().values.front();
    }
    const PyObject& object = objects_[object_id];
    DataTree::Node node;
    node.kind = KindOf(object);
    node.key = key;
    node.span = span;
    node.value = object.value;
    const bool nested = node.kind == DataKind::kMap || node.kind == DataKind::kList;
    const DataTree::Id added = tree.Add(parent, std::move(node));
    if (nested && depth < DataTree::kMaxDepth) pending.push_back({object_id, added, depth + 1});
  };
  const Id node = objects_[id].node;
  add(id, Value(), node == SyntaxTree::kNone ? Span{} : objects_[id].home->SpanOf(node),
      DataTree::kNone, 0);
  for (size_t i = 0; i < pending.size() && tree.size() < max_nodes; ++i) {
    const Pending next = pending[i];
    const bool map = tree[next.node].kind == DataKind::kMap;
    for (const PyItem& item : objects_[next.object].items) {
      if (map && item.key.empty() && !item.unpacked) continue;
      for (PyId value : item.values) add(value, item.key, item.span, next.node, next.depth);
    }
  }
  total_steps_ -= static_cast<int>(tree.size());
  return tree;
}

}  // namespace oakum
