// Functions that are called, classes and what their instances have.
#include <algorithm>
#include <string>
#include <utility>

#include <climits>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;
constexpr int kMaxCallDepth = 6;

}  // namespace

PythonModule::Bindings PythonModule::Bind(Id function, const PyObject& call, bool method) {
  Bindings bound;
  const Id list = tree_.Child(function, "parameters");
  if (list == kNone) return bound;
  int position = 0;
  for (Id parameter : tree_.Children(list)) {
    const std::string name(TextOf(ParameterName(tree_, parameter)));
    if (method && (name == "self" || name == "cls")) continue;
    const std::string_view text = TextOf(parameter);
    if (text.starts_with("**")) {
      PyObject rest;
      rest.kind = PyKind::kMap;
      rest.node = parameter;
      for (const PyItem& item : call.items) {
        if (!item.key.empty() && item.key.is_literal() && !bound.contains(item.key.text())) {
          rest.items.push_back(item);
        }
      }
      bound[name] = {Add(std::move(rest))};
    } else if (text.starts_with("*")) {
      PyObject rest;
      rest.kind = PyKind::kList;
      rest.node = parameter;
      for (const PyItem& item : call.items) {
        if (item.key.empty() && (item.unpacked || position-- <= 0)) rest.items.push_back(item);
      }
      bound[name] = {Add(std::move(rest))};
      position = INT_MAX / 2;  // what follows has a keyword
    } else {
      if (const PyItem* item = Argument(call, name, position++)) bound[name] = item->values;
    }
  }
  return bound;
}

PyValues PythonModule::CallFunction(const PyObject& function, const PyObject& call, bool method,
                                    const Frame* frame) {
  return function.home->Returned(function, call, method, frame);
}

// REQUIRES: `function` is at home here.
PythonModule::Frame PythonModule::FrameOf(const PyObject& function, const PyObject& call,
                                          bool method, const Frame* caller) {
  Frame frame;
  frame.module = this;
  frame.scope = scopes_.ScopeOpenedBy(function.node);
  frame.arguments = Bind(function.node, call, method || function.inner);
  if (function.inner) frame.arguments["self"] = {*function.inner};
  frame.caller = caller;
  return frame;
}

// REQUIRES: `function` is at home here.
PyValues PythonModule::Returned(const PyObject& function, const PyObject& call, bool method,
                                const Frame* frame) {
  int depth = 0;
  for (const Frame* at = frame; at; at = at->caller) ++depth;
  if (depth >= kMaxCallDepth) return {};
  const Frame inner = FrameOf(function, call, method, frame);
  std::vector<PyValues> results;
  for (Id statement : scopes_.scope(inner.scope).returns) {
    const bool is_return = tree_.Is(statement, "return_statement");
    const Id value = is_return ? tree_[statement].first_child : statement;
    if (value != kNone) results.push_back(Eval(value, &inner));
  }
  return OneOf(results);
}

PyValues PythonModule::Attribute(PyId object, std::string_view name, Id node, const Frame* frame) {
  const PyObject& owner = objects_[object];
  if (owner.kind == PyKind::kName) {
    PyObject member;
    member.kind = PyKind::kName;
    member.name = owner.name + "." + std::string(name);
    PyValues imported = owner.home->Imported(member.name);
    if (!imported.empty()) return imported;
    member.value = objects_[AddHole(member.name, HoleOrigin::kExpression, node)].value;
    member.node = node;
    return {Add(std::move(member))};
  }
  if (owner.kind == PyKind::kText) return PathAttribute(object, name, node);
  if (owner.home != this) return owner.home->Attribute(object, name, SyntaxTree::kRoot, frame);
  const bool instance = owner.kind == PyKind::kCall && owner.inner;
  if (instance) {
    PyValues given = Given(object, name);
    if (!given.empty()) return given;
  } else if (owner.kind == PyKind::kCall) {
    return AttributeOfCall(object, name, node);
  }
  const PyObject& type = instance ? objects_[*owner.inner] : owner;
  if (type.kind != PyKind::kClass) return {};
  return type.home->Member(object, type, name, frame);
}

// Config(url=...).url, and Config(...).url of a class that lists its fields.
PyValues PythonModule::Given(PyId instance, std::string_view name) {
  PyValues given = Lookup(instance, name);
  if (!given.empty()) return given;
  const PyObject& type = objects_[*objects_[instance].inner];
  const SyntaxTree& tree = type.home->tree_;
  int position = 0;
  for (Id statement : tree.Children(tree.Child(type.node, "body"))) {
    const Id field = tree[statement].first_child;
    if (field == kNone || !tree.Is(field, "assignment") || tree.Child(field, "type") == kNone) {
      continue;
    }
    if (type.home->TextOf(tree.Child(field, "left")) == name) {
      const PyItem* item = Argument(objects_[instance], {}, position);
      return item ? item->values : PyValues();
    }
    ++position;
  }
  return {};
}

// A member of a class that is at home here, or of an instance of it.
PyValues PythonModule::Member(PyId object, const PyObject& type, std::string_view name,
                              const Frame* frame) {
  const PyObject& owner = objects_[object];
  const bool instance = owner.kind == PyKind::kCall;
  const PyScope& body = scopes_.scope(scopes_.ScopeOpenedBy(type.node));
  Frame construction;
  const auto constructor = body.names.find("__init__");
  if (instance && constructor != body.names.end()) {
    const Id function = constructor->second.back().node;
    if (tree_.Is(function, "function_definition")) {
      construction.module = this;
      construction.scope = scopes_.ScopeOpenedBy(function);
      construction.arguments = Bind(function, owner, true);
      construction.caller = frame;
      frame = &construction;
    }
  }
  for (const std::string& key : {std::string(name), "self." + std::string(name)}) {
    const auto found = body.names.find(key);
    if (found == body.names.end()) continue;
    PyValues values;
    for (PyId id : Replay(found->second, found->second.size(), 0, type.node, frame)) {
      const PyValues defaults = FieldDefault(id, frame);
      Join(values, defaults.empty() ? PyValues{id} : defaults);
    }
    for (PyId& id : values) {
      if (!instance || objects_[id].kind != PyKind::kFunction) continue;
      PyObject method = objects_[id];
      method.inner = object;
      id = Add(std::move(method));
    }
    if (!values.empty()) return OfProperties(values, frame);
  }
  return {};
}

// An instance of the class that an annotation names, of which nothing else is known.
PyValues PythonModule::InstanceOf(Id annotation, const Frame* frame) {
  const Id name = annotation == kNone ? kNone : tree_[annotation].first_child;
  if (name == kNone || (!tree_.Is(name, "identifier") && !tree_.Is(name, "attribute"))) return {};
  for (PyId type : Eval(name, frame)) {
    if (objects_[type].kind == PyKind::kClass) return InstanceOf(type, name);
  }
  return {};
}

PyValues PythonModule::InstanceOf(PyId type, Id node) {
  PyObject instance;
  instance.kind = PyKind::kCall;
  instance.name = objects_[type].name;
  instance.value = objects_[Unknown(node)].value;
  instance.node = node;
  instance.inner = type;
  return {Add(std::move(instance))};
}

// What `field(default_factory=Feed)` of dataclasses, Field(...) of pydantic and attrs' own give an
// instance; none if it is nothing of that kind.
PyValues PythonModule::FieldDefault(PyId value, const Frame* frame) {
  const PyObject& call = objects_[value];
  if (call.kind != PyKind::kCall || call.inner) return {};
  const std::string_view name = std::string_view(call.name).substr(call.name.rfind('.') + 1);
  if (!IsOneOf(name, {"field", "Field", "PrivateAttr", "ib", "attrib", "Factory"})) return {};
  const int position = IsOneOf(name, {"Field", "PrivateAttr"}) ? 0 : -1;
  if (const PyItem* given = Argument(call, "default", position)) return given->values;
  const PyItem* factory = Argument(call, "default_factory", name == "Factory" ? 0 : -1);
  if (!factory) factory = Argument(call, "factory");
  if (!factory) return {};
  PyValues made;
  for (PyId maker : factory->values) {
    const PyObject& what = objects_[maker];
    if (what.kind == PyKind::kClass) Join(made, InstanceOf(maker, call.node));
    if (what.kind == PyKind::kFunction) Join(made, CallFunction(what, {}, false, frame));
  }
  return made;
}

// Each function that is a @property called, everything else as it is.
PyValues PythonModule::OfProperties(const PyValues& values, const Frame* frame) {
  PyValues results;
  for (PyId id : values) {
    const PyObject& object = objects_[id];
    const SyntaxTree& tree = object.home->tree_;
    const Id around = object.kind == PyKind::kFunction ? tree[object.node].parent : kNone;
    const Id decorator = around == kNone ? kNone : tree[around].first_child;
    const bool property = decorator != kNone && tree.Is(decorator, "decorator") &&
                          object.home->TextOf(decorator).find("property") != std::string_view::npos;
    Join(results, property ? CallFunction(object, {}, true, frame) : PyValues{id});
  }
  return results;
}

}  // namespace oakum
