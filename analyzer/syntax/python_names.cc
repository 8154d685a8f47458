#include <algorithm>
#include <set>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;
constexpr size_t kMaxCallers = 8;
constexpr size_t kMaxReaching = 4096;

}  // namespace

// The events of a name as seen from `use`; `scope` becomes the scope that holds them.
const std::vector<PyEvent>* PythonModule::Find(std::string_view name, uint32_t& scope,
                                               Id use) const {
  std::string of_class;
  if (name.starts_with("self.") || name.starts_with("cls.")) {
    of_class = "self" + std::string(name.substr(name.find('.')));
  }
  const uint32_t innermost = scopes_.ScopeOf(use);
  for (uint32_t at = innermost;; at = scopes_.scope(at).parent) {
    const PyScope& here = scopes_.scope(at);
    const bool is_class = here.kind == PyScope::Kind::kClass;
    if (!of_class.empty() && is_class) {
      auto found = here.names.find(of_class);
      if (found == here.names.end())
        found = here.names.find(of_class.substr(of_class.find('.') + 1));
      scope = at;
      return found == here.names.end() ? nullptr : &found->second;
    }
    if (of_class.empty() && (!is_class || at == innermost)) {
      const auto found = here.names.find(name);
      if (found != here.names.end()) {
        scope = at;
        return &found->second;
      }
    }
    if (at == 0) return nullptr;
  }
}

PyValues PythonModule::EvalName(std::string_view name, Id use, const Frame* frame) {
  uint32_t scope = 0;
  const std::vector<PyEvent>* events = Find(name, scope, use);
  if (!events) {  // a builtin, or a name this module does not bind
    PyValues starred = stars_.empty() ? PyValues() : FromStars(name);
    if (starred.empty() && name == "__file__") starred = OwnFile(use);
    if (!starred.empty()) return starred;
    PyObject object;
    object.kind = PyKind::kName;
    object.name = std::string(name);
    object.value = objects_[Unknown(use)].value;
    object.node = use;
    return {Add(std::move(object))};
  }
  // Code of an inner function runs later: it sees what the outer scope ends with.
  uint32_t at = scopes_.ScopeOf(use);
  while (at != scope && scopes_.scope(at).kind == PyScope::Kind::kComprehension) {
    at = scopes_.scope(at).parent;
  }
  const bool same = at == scope && !name.starts_with("self.") && !name.starts_with("cls.");
  const uint32_t limit = same ? tree_[use].span.begin : UINT32_MAX;
  const uint32_t branch = same ? scopes_.BranchOf(use) : 0;
  const auto after =
      std::upper_bound(events->begin(), events->end(), limit,
                       [](uint32_t offset, const PyEvent& event) { return offset < event.from; });
  // A use before every definition is in a loop: any of them may have run.
  const auto in_force = static_cast<uint32_t>(
      after == events->begin() ? events->size() : static_cast<size_t>(after - events->begin()));
  const std::pair<const void*, std::pair<uint32_t, uint32_t>> key{events, {in_force, branch}};
  const bool cached = !frame && scope == 0;
  if (cached) {
    const auto known = names_.find(key);
    if (known != names_.end()) return known->second;
  }
  PyValues values = Replay(*events, in_force, branch, use, frame);
  if (values.empty()) values = {Unknown(use)};
  if (cached && steps_ > 0) names_[key] = values;
  return values;
}

PyValues PythonModule::Replay(const std::vector<PyEvent>& events, size_t in_force, uint32_t branch,
                              Id use, const Frame* frame) {
  // Backwards: what can reach the use. A definition that always runs ends the search, and so does a
  // statement each of whose arms defines the name.
  std::vector<std::pair<const PyEvent*, bool>> reaching;
  std::map<SyntaxTree::Id, std::set<uint32_t>> arms;
  for (size_t i = in_force; i-- > 0 && reaching.size() < kMaxReaching;) {
    const PyEvent* event = &events[i];
    if (scopes_.Excludes(event->branch, branch)) continue;
    const bool covers = scopes_.Covers(event->branch, branch);
    reaching.push_back({event, !covers});
    if (!Defines(*event)) continue;
    if (covers) break;
    const PyBranch& arm = scopes_.branch(event->branch);
    std::set<uint32_t>& seen = arms[arm.statement];
    seen.insert(arm.arm);
    if (arm.exhaustive && seen.size() == arm.arms && scopes_.Covers(arm.parent, branch)) break;
  }
  PyValues state;
  for (auto step = reaching.rbegin(); step != reaching.rend(); ++step) {
    if (--steps_ < 0) break;
    Apply(*step->first, step->second, use, frame, state);
  }
  return state;
}

void PythonModule::Apply(const PyEvent& event, bool conditional, Id use, const Frame* frame,
                         PyValues& state) {
  if (event.node != kNone && scopes_.ScopeOf(event.node) == 0) frame = nullptr;
  switch (event.kind) {
    case PyEvent::Kind::kSetItem:
      return SetItem(state, event.node, Eval(event.value, frame), SpanOf(event.value), conditional);
    case PyEvent::Kind::kMethod:
      return ChangeInPlace(state, event.node, conditional, frame);
    case PyEvent::Kind::kPassed:
      return PassTo(state, event, conditional, frame);
    case PyEvent::Kind::kAugment: {
      const Id operation = tree_.Child(event.node, "operator");
      if (operation == kNone || state.empty()) return;
      const PyValues right = Eval(event.value, frame);
      PyValues changed;
      for (PyId left : state) {
        const PyKind kind = objects_[left].kind;
        if (kind == PyKind::kMap) {
          Join(changed, {Merged(left, right.front(), event.node)});
        } else if (kind == PyKind::kList && objects_[right.front()].kind == PyKind::kList) {
          PyObject list = objects_[left];
          const PyObject& more = objects_[right.front()];
          list.items.insert(list.items.end(), more.items.begin(), more.items.end());
          Join(changed, {Add(std::move(list))});
        } else if (TextOf(operation) == "+=") {
          Assembler out(*this);
          out.AddValues({left}, SpanOf(tree_.Child(event.node, "left")));
          out.AddValues(right, SpanOf(event.value));
          Join(changed, out.Finish(event.node));
        }
      }
      if (conditional) Join(changed, state);
      state = std::move(changed);
      return;
    }
    default: {
      PyValues values = EventValue(event, use, frame);
      if (conditional) {
        Join(state, values);
      } else {
        state = std::move(values);
      }
    }
  }
}

PyValues PythonModule::EventValue(const PyEvent& event, Id use, const Frame* frame) {
  switch (event.kind) {
    case PyEvent::Kind::kAssign: {
      const PyValues values = Eval(event.value, frame);
      return event.unpack < 0 ? values : ItemOf(values, event.unpack, event.node);
    }
    case PyEvent::Kind::kIterate: {
      const PyValues items = ItemsOf(Eval(event.value, frame), event.node);
      return event.unpack < 0 ? items : ItemOf(items, event.unpack, event.node);
    }
    case PyEvent::Kind::kParameter:
      return ParameterValue(event, frame);
    case PyEvent::Kind::kImport: {
      PyValues imported = Imported(event.imported);
      if (!imported.empty()) return imported;
      PyObject object;
      object.kind = PyKind::kName;
      object.name = event.imported;
      object.value = objects_[AddHole(event.imported, HoleOrigin::kExpression, use)].value;
      object.node = event.node;
      return {Add(std::move(object))};
    }
    case PyEvent::Kind::kDefine: {
      PyObject object;
      object.kind = tree_.Is(event.node, "class_definition") ? PyKind::kClass : PyKind::kFunction;
      object.name = std::string(TextOf(tree_.Child(event.node, "name")));
      object.value = objects_[AddHole(object.name, HoleOrigin::kExpression, use)].value;
      object.node = event.node;
      return {Add(std::move(object))};
    }
    default:
      return {};
  }
}

PyValues PythonModule::ParameterValue(const PyEvent& event, const Frame* frame) {
  const Id name_node = ParameterName(tree_, event.node);
  const std::string_view name = TextOf(name_node);
  const uint32_t scope = scopes_.ScopeOf(event.node);
  const Id around = scopes_.scope(scopes_.scope(scope).parent).node;
  if (name == "cls" && tree_.Is(around, "class_definition")) {
    PyObject type;
    type.kind = PyKind::kClass;
    type.name = std::string(TextOf(tree_.Child(around, "name")));
    type.value = objects_[AddHole(type.name, HoleOrigin::kExpression, name_node)].value;
    type.node = around;
    return {Add(std::move(type))};
  }
  if (const Frame* call = frame ? frame->Of(this, scope) : nullptr) {
    const auto bound = call->arguments.find(name);
    if (bound != call->arguments.end()) return bound->second;
    if (event.value != kNone) return Eval(event.value, nullptr);
    return {AddHole(std::string(name), HoleOrigin::kExpression, name_node)};
  }
  const Id function = scopes_.scope(scope).node;
  PyValues values = ArgumentsFromCalls(function, event.node);
  if (values.empty()) values = InstanceOf(tree_.Child(event.node, "type"), nullptr);
  Join(values, DecoratedDefault(function, name));
  if (event.value != kNone) {
    const PyValues defaults = Eval(event.value, nullptr);
    const PyKind kind = objects_[defaults.front()].kind;
    if (kind != PyKind::kNull) Join(values, defaults);
    if (kind == PyKind::kMap || kind == PyKind::kList) return values;
  }
  if (values.empty() || event.value != kNone) {
    Join(values, {AddHole(std::string(name), HoleOrigin::kExpression, name_node)});
  }
  return values;
}

// What the calls in this module pass for a parameter.
PyValues PythonModule::ArgumentsFromCalls(Id function, Id parameter) {
  PyValues values;
  const Id name = tree_.Child(function, "name");
  if (name == kNone || !calling_.insert(parameter).second) return values;
  const bool constructor = TextOf(name) == "__init__";
  const Id type = scopes_.scope(scopes_.ScopeOf(function)).node;
  const Id called = constructor ? tree_.Child(type, "name") : name;
  const auto calls = called == kNone ? calls_.end() : calls_.find(std::string(TextOf(called)));
  const std::vector<Id> none;
  size_t callers = 0;
  for (Id call : calls == calls_.end() ? none : calls->second) {
    if (++callers > kMaxCallers) break;
    const Id callee = tree_.Child(call, "function");
    const bool method = tree_.Is(callee, "attribute");
    const PyObject& target = objects_[Eval(callee, nullptr).front()];
    const PyKind kind = constructor ? PyKind::kClass : PyKind::kFunction;
    if (target.kind != kind || target.home != this) continue;
    if (target.node != (constructor ? type : function)) continue;
    const PyObject arguments = Arguments(call, nullptr);
    const Bindings bound = Bind(function, arguments, method || constructor);
    const auto argument = bound.find(TextOf(ParameterName(tree_, parameter)));
    if (argument != bound.end()) Join(values, argument->second);
  }
  calling_.erase(parameter);
  return values;
}

PyValues PythonModule::ItemOf(const PyValues& values, int index, Id node) {
  PyValues items;
  for (PyId id : values) {
    const PyObject& object = objects_[id];
    // args, rest = parser.parse_known_args()
    if (object.kind == PyKind::kCall && index == 0 && object.name.ends_with("parse_known_args")) {
      Join(items, {id});
    }
    if (object.kind != PyKind::kList) continue;
    const int size = static_cast<int>(object.items.size());
    const int at = index < 0 ? size + index : index;
    if (at >= 0 && at < size && !object.items[at].unpacked) Join(items, object.items[at].values);
  }
  if (items.empty()) items = {Unknown(node)};
  return items;
}

PyValues PythonModule::ItemsOf(const PyValues& values, Id node) {
  PyValues items;
  for (PyId id : values) {
    const PyObject& object = objects_[id];
    if (object.kind == PyKind::kMap) {
      for (const PyItem& item : object.items) {
        if (item.unpacked || items.size() == kMaxAlternatives) continue;
        items.push_back(AddText(item.key, node));
      }
    } else if (object.kind == PyKind::kList) {
      for (const PyItem& item : object.items) {
        if (!item.unpacked) Join(items, item.values);
      }
    }
  }
  if (items.empty()) items = {Unknown(node)};
  return items;
}

}  // namespace oakum
