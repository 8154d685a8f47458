// Lists, dicts and comprehensions.
#include <algorithm>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

}  // namespace

// A list for each of the alternatives that are unpacked into it.
PyValues PythonModule::EvalList(Id id, const Frame* frame) {
  PyObject empty;
  empty.kind = PyKind::kList;
  empty.node = id;
  std::vector<PyObject> lists = {std::move(empty)};
  for (Id child : tree_.Children(id)) {
    const bool unpacked = tree_.Is(child, "list_splat");
    const PyValues values = Eval(unpacked ? tree_[child].first_child : child, frame);
    const bool known = unpacked && objects_[values.front()].kind == PyKind::kList;
    if (!known) {
      for (PyObject& list : lists) list.items.push_back({{}, values, SpanOf(child), unpacked});
      continue;
    }
    std::vector<PyObject> product;
    for (PyId value : values) {
      const std::vector<PyItem>& items = objects_[value].items;
      for (const PyObject& list : lists) {
        if (product.size() == kMaxAlternatives || objects_[value].kind != PyKind::kList) continue;
        product.push_back(list);
        product.back().items.insert(product.back().items.end(), items.begin(), items.end());
      }
    }
    lists = std::move(product);
  }
  PyValues values;
  for (PyObject& list : lists) values.push_back(Add(std::move(list)));
  return values;
}

PyValues PythonModule::EvalMap(Id id, const Frame* frame) {
  PyObject map;
  map.kind = PyKind::kMap;
  map.node = id;
  for (Id child : tree_.Children(id)) {
    if (tree_.Is(child, "pair")) {
      const Id key = tree_.Child(child, "key");
      const Id value = tree_.Child(child, "value");
      if (key == kNone || value == kNone) continue;
      const PyId name = Eval(key, frame).front();
      map.items.push_back({objects_[name].value, Eval(value, frame), SpanOf(value), false});
    } else if (tree_.Is(child, "dictionary_splat")) {
      const Id inner = tree_[child].first_child;
      const PyValues values = Eval(inner, frame);
      Spread(values, SpanOf(inner), map);
    }
  }
  return {Add(std::move(map))};
}

// The members of a dict into `map`; what is no known dict as a whole.
void PythonModule::Spread(const PyValues& values, Span span, PyObject& map) {
  const PyObject& first = objects_[values.front()];
  // {**d, **d} doubles.
  const int left = std::max(total_steps_, 0) / kStepsAnItem;
  const bool fits = map.items.size() + first.items.size() <= static_cast<size_t>(left);
  if (!fits && !error_) {
    error_ = Error{"its expressions were not all folded: its dicts grow too large", {}};
  }
  if (first.kind == PyKind::kMap && fits) {
    map.items.insert(map.items.end(), first.items.begin(), first.items.end());
  } else {
    map.items.push_back({{}, values, span, true});
  }
}

// One element stands for all: its loop variables are each of the items that are known.
// `{k: v for k, v in D.items()}` and `{k: D[k] for k in D}` are all of D, unless a condition says
// what is let through: not one that only leaves some out. None for all others.
PythonModule::Id PythonModule::WholeOf(Id comprehension) const {
  Id source = kNone;
  for (Id part : tree_.Children(comprehension)) {
    if (tree_.Is(part, "if_clause") && Selects(tree_[part].first_child, 0)) return kNone;
    if (!tree_.Is(part, "for_in_clause")) continue;
    if (source != kNone) return kNone;
    source = tree_.Child(part, "right");
  }
  if (source == kNone) return kNone;
  if (tree_.Is(source, "call")) {
    const Id callee = tree_.Child(source, "function");
    const Id method = callee == kNone ? kNone : tree_.Child(callee, "attribute");
    if (method == kNone || TextOf(method) != "items") return kNone;
    return tree_.Child(callee, "object");
  }
  if (!tree_.Is(source, "identifier") && !tree_.Is(source, "attribute")) return kNone;
  const Id value = tree_.Child(tree_.Child(comprehension, "body"), "value");
  const bool item =
      tree_.Is(value, "subscript") && TextOf(tree_.Child(value, "value")) == TextOf(source);
  return item ? source : kNone;
}

// Whether a condition on names lets only some through: `k in ALLOWED`, `k.startswith("NCCL_")`.
bool PythonModule::Selects(Id condition, int depth) const {
  constexpr int kMaxConditionDepth = 32;
  if (condition == kNone || depth > kMaxConditionDepth) return true;
  const std::string_view kind = tree_.kind(condition);
  if (kind == "parenthesized_expression") return Selects(tree_[condition].first_child, depth + 1);
  if (kind == "not_operator" || kind == "identifier") return false;
  if (kind == "boolean_operator") {
    const bool left = Selects(tree_.Child(condition, "left"), depth + 1);
    const bool right = Selects(tree_.Child(condition, "right"), depth + 1);
    return TextOf(tree_.Child(condition, "operator")) == "and" ? left || right : left && right;
  }
  if (kind == "comparison_operator") {
    const std::string_view text = TextOf(condition);
    return text.find(" not in ") == text.npos && text.find("!=") == text.npos &&
           text.find(" is not ") == text.npos;
  }
  return true;
}

PyValues PythonModule::EvalComprehension(Id id, const Frame* frame) {
  const Id body = tree_.Child(id, "body");
  if (body == kNone) return {};
  PyObject object;
  object.node = id;
  if (tree_.Is(body, "pair")) {
    object.kind = PyKind::kMap;
    if (const Id all = WholeOf(id); all != kNone) {
      Spread(Eval(all, frame), SpanOf(id), object);
      return {Add(std::move(object))};
    }
    const Id value = tree_.Child(body, "value");
    const PyId key = Eval(tree_.Child(body, "key"), frame).front();
    object.items.push_back({objects_[key].value, Eval(value, frame), SpanOf(value), false});
  } else {
    object.kind = PyKind::kList;
    object.items.push_back({{}, Eval(body, frame), SpanOf(body), false});
  }
  return {Add(std::move(object))};
}

}  // namespace oakum
