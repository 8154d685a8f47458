// Dicts and lists that statements change in place.
#include <algorithm>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

// What json.loads() reads a dict from.
bool IsObjectText(const PyObject& object) {
  return object.kind == PyKind::kText && object.value.Trimmed().text().starts_with('{');
}

}  // namespace

// Each object of `state` with `subscript` set: d["k"] = v, d["k"]["l"] = v.
void PythonModule::SetItem(PyValues& state, Id subscript, const PyValues& value, Span span,
                           bool conditional) {
  std::vector<Value> path;  // outermost last
  bool named = true;        // by texts: not an element of a list
  for (Id at = subscript; tree_.Is(at, "subscript"); at = tree_.Child(at, "value")) {
    const Id key = tree_.Child(at, "subscript");
    if (key == kNone || path.size() == 8) return;
    const PyObject& name = objects_[Eval(key, nullptr).front()];
    named &= name.kind == PyKind::kText;
    path.push_back(name.value);
  }
  for (PyId& id : state) {
    const PyKind kind = objects_[id].kind;
    if (kind == PyKind::kMap || kind == PyKind::kCall) {
      id = WithItem(id, path, value, span, conditional);
    } else if (named && (kind == PyKind::kUnknown || IsObjectText(objects_[id]))) {
      // A dict of which nothing else is known: a parameter, what json.loads() makes of a text.
      PyObject rest;
      rest.kind = PyKind::kMap;
      if (kind == PyKind::kUnknown) rest.value = objects_[id].value;
      rest.items.push_back({{}, {id}, span, true});
      id = WithItem(Add(std::move(rest)), path, value, span, conditional);
    }
  }
}

PyId PythonModule::WithItem(PyId map, const std::vector<Value>& path, const PyValues& value,
                            Span span, bool conditional) {
  PyObject changed = objects_[map];
  const Value& key = path.back();
  PyItem* item = nullptr;
  for (PyItem& member : changed.items) {
    if (!member.unpacked && member.key.is_literal() && member.key.text() == key.text()) {
      item = &member;
    }
  }
  if (!item) {
    changed.items.push_back({key, {}, span, false});
    item = &changed.items.back();
  }
  if (path.size() > 1) {
    const std::vector<Value> rest(path.begin(), path.end() - 1);
    if (item->values.empty()) {
      PyObject fresh;
      fresh.kind = PyKind::kMap;
      item->values = {Add(std::move(fresh))};
    }
    for (PyId& inner : item->values) {
      if (objects_[inner].kind == PyKind::kMap) {
        inner = WithItem(inner, rest, value, span, conditional);
      }
    }
  } else if (conditional) {
    Join(item->values, value);
  } else {
    item->values = value;
    item->span = span;
  }
  return Add(std::move(changed));
}

// d.update(...), d.setdefault(k, v), l.append(x), l.extend(...), l.insert(i, x);
// d["k"].update(...).
void PythonModule::ChangeInPlace(PyValues& state, Id call, bool conditional, const Frame* frame) {
  const Id callee = tree_.Child(call, "function");
  const std::string_view method = TextOf(tree_.Child(callee, "attribute"));
  const Id base = tree_.Child(callee, "object");
  const PyObject arguments = Arguments(call, frame);
  if (tree_.Is(base, "subscript")) {
    PyValues inner = Eval(base, frame);
    for (PyId& id : inner) id = Changed(id, method, arguments, call);
    return SetItem(state, base, inner, SpanOf(call), conditional);
  }
  PyValues changed;
  for (PyId id : state) Join(changed, {Changed(id, method, arguments, call)});
  if (conditional) Join(changed, state);
  state = std::move(changed);
}

PyId PythonModule::Changed(PyId id, std::string_view method, const PyObject& call, Id node) {
  const PyObject& object = objects_[id];
  const PyItem* first = Argument(call, {}, 0);
  if (object.kind == PyKind::kMap && method == "update") {
    PyId result = id;
    if (first) result = Merged(result, first->values.front(), node);
    PyObject keywords;
    keywords.kind = PyKind::kMap;
    for (const PyItem& item : call.items) {
      if (!item.key.empty() || (item.unpacked && !first)) keywords.items.push_back(item);
    }
    return keywords.items.empty() ? result : Merged(result, Add(std::move(keywords)), node);
  }
  if (object.kind == PyKind::kMap && method == "setdefault" && first) {
    const PyItem* value = Argument(call, {}, 1);
    if (!value) return id;
    const Value key = objects_[first->values.front()].value;
    return WithItem(id, {key}, value->values, value->span, true);
  }
  if (object.kind == PyKind::kList && first) {
    PyObject list = object;
    const PyItem* added = method == "insert" ? Argument(call, {}, 1) : first;
    if (method == "extend" && objects_[first->values.front()].kind == PyKind::kList) {
      const PyObject& more = objects_[first->values.front()];
      list.items.insert(list.items.end(), more.items.begin(), more.items.end());
    } else if (added) {
      list.items.push_back(*added);
    }
    return Add(std::move(list));
  }
  return id;
}

// f(env, ...): what the function does to a dict or list that it gets as an argument.
void PythonModule::PassTo(PyValues& state, const PyEvent& event, bool conditional,
                          const Frame* frame) {
  const Id call = event.node;
  for (PyId target : Eval(tree_.Child(call, "function"), frame)) {
    const PyObject& function = objects_[target];
    if (function.kind != PyKind::kFunction) continue;
    PyValues changed = function.home->Changes(function, *this, call, event.value, state, frame);
    if (changed.empty()) continue;
    if (conditional) Join(changed, state);
    state = std::move(changed);
    return;
  }
}

// What is left of `state`, which `caller` passes as `argument` of `call`, when the function is
// through with it; empty if it does not change it.
PyValues PythonModule::Changes(const PyObject& function, PythonModule& caller, Id call, Id argument,
                               const PyValues& state, const Frame* frame) {
  constexpr int kMaxCalls = 4;
  int depth = 0;
  for (const Frame* at = frame; at; at = at->caller) ++depth;
  if (depth >= kMaxCalls || !tree_.Is(function.node, "function_definition")) return {};
  Frame inner;
  inner.module = this;
  inner.scope = scopes_.ScopeOpenedBy(function.node);
  inner.caller = frame;
  const PyScope& body = scopes_.scope(inner.scope);
  const bool changes = std::any_of(body.names.begin(), body.names.end(), [](const auto& name) {
    return !Defines(name.second.back()) && name.second.back().kind != PyEvent::Kind::kPassed;
  });
  if (!changes) return {};
  const PyObject arguments = caller.Arguments(call, frame, argument, &state);
  inner.arguments = Bind(function.node, arguments,
                         caller.tree_.Is(caller.tree_.Child(call, "function"), "attribute"));
  for (const auto& [name, values] : inner.arguments) {
    if (values != state) continue;
    const auto events = body.names.find(name);
    if (events == body.names.end()) return {};
    return Replay(events->second, events->second.size(), 0, function.node, &inner);
  }
  return {};
}

}  // namespace oakum
