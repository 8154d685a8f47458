#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

// Calls whose result is their first argument as far as a credential is concerned.
bool GivesItsArgument(std::string_view name) {
  return IsOneOf(name, {"str",
                        "os.path.expanduser",
                        "os.path.expandvars",
                        "os.path.abspath",
                        "os.path.realpath",
                        "os.path.normpath",
                        "os.fspath",
                        "copy.copy",
                        "copy.deepcopy",
                        "textwrap.dedent",
                        "pathlib.Path",
                        "pathlib.PurePath",
                        "Path",
                        "urllib.parse.quote",
                        "urllib.parse.quote_plus",
                        "urllib.parse.unquote",
                        "typing.cast",
                        "json.loads",
                        "yaml.safe_load",
                        "list",
                        "tuple",
                        "set",
                        "sorted",
                        "tuple",
                        "repr",
                        "bytes"});
}

bool IsEnvironmentLookup(std::string_view name) {
  return IsOneOf(name, {"os.getenv", "os.environ.get", "os.environ.pop", "os.environ.setdefault",
                        "os.environ.__getitem__", "environ.get"});
}

bool IsPrompt(std::string_view name) {
  return IsOneOf(name, {"input", "getpass.getpass", "getpass", "click.prompt", "typer.prompt"});
}

}  // namespace

const PyItem* PythonModule::Argument(const PyObject& call, std::string_view keyword, int position) {
  int at = 0;
  for (const PyItem& item : call.items) {
    if (item.unpacked) continue;
    if (!item.key.empty()) {
      if (!keyword.empty() && item.key.is_literal() && item.key.text() == keyword) return &item;
    } else if (at++ == position) {
      return &item;
    }
  }
  return nullptr;
}

std::string PythonModule::QualifiedName(Id expression) {
  steps_ = kStepsAName;
  return QualifiedNameIn(expression, nullptr, 0);
}

std::string PythonModule::QualifiedNameIn(Id id, const Frame* frame, int depth) {
  if (id == kNone || depth > 16) return {};
  const std::string_view kind = tree_.kind(id);
  if (kind == "identifier") {
    const PyObject& object = objects_[Eval(id, frame).front()];
    if (object.kind == PyKind::kCall) return object.name + "()";
    return object.name.empty() ? std::string(TextOf(id)) : object.name;
  }
  if (kind == "attribute") {
    const Id name = tree_.Child(id, "attribute");
    const std::string base = QualifiedNameIn(tree_.Child(id, "object"), frame, depth + 1);
    if (name == kNone || base.empty()) return {};
    return base + "." + std::string(TextOf(name));
  }
  if (kind == "call") {
    const std::string callee = QualifiedNameIn(tree_.Child(id, "function"), frame, depth + 1);
    return callee.empty() ? callee : callee + "()";
  }
  if (kind == "parenthesized_expression" || kind == "await") {
    return QualifiedNameIn(tree_[id].first_child, frame, depth + 1);
  }
  return {};
}

PyObject PythonModule::CallOf(Id call) {
  steps_ = kStepsAnExpression;
  PyObject object = Arguments(call, nullptr);
  object.name = QualifiedNameIn(tree_.Child(call, "function"), nullptr, 0);
  return object;
}

// Of `given`, a name among them, the values are known: `as`.
PyObject PythonModule::Arguments(Id call, const Frame* frame, Id given, const PyValues* as) {
  const auto value_of = [&](Id node) { return as && node == given ? *as : Eval(node, frame); };
  PyObject object;
  object.kind = PyKind::kCall;
  object.node = call;
  const Id list = tree_.Child(call, "arguments");
  if (list == kNone) return object;
  if (tree_.Is(list, "generator_expression")) {
    object.items.push_back({{}, Eval(list, frame), SpanOf(list), false});
    return object;
  }
  for (Id child : tree_.Children(list)) {
    if (tree_.Is(child, "keyword_argument")) {
      const Id name = tree_.Child(child, "name");
      const Id value = tree_.Child(child, "value");
      if (name == kNone || value == kNone) continue;
      object.items.push_back(
          {text_.Slice(tree_[name].span), value_of(value), SpanOf(value), false});
    } else if (tree_.Is(child, "dictionary_splat") || tree_.Is(child, "list_splat")) {
      const Id inner = tree_[child].first_child;
      const PyValues values = Eval(inner, frame);
      const PyObject& first = objects_[values.front()];
      if (first.kind == PyKind::kMap || first.kind == PyKind::kList) {
        object.items.insert(object.items.end(), first.items.begin(), first.items.end());
      } else {
        object.items.push_back({{}, values, SpanOf(child), true});
      }
    } else {
      object.items.push_back({{}, value_of(child), SpanOf(child), false});
    }
  }
  return object;
}

PyValues PythonModule::EvalCall(Id id, const Frame* frame) {
  const Id callee = tree_.Child(id, "function");
  if (callee == kNone) return {};
  PyObject call = Arguments(id, frame);
  const bool attribute = tree_.Is(callee, "attribute");
  const PyValues targets = Eval(callee, frame);
  std::vector<PyValues> returned;
  for (PyId target : targets) {
    const PyObject& object = objects_[target];
    if (object.kind == PyKind::kFunction) {
      returned.push_back(CallFunction(object, call, attribute, frame));
    }
  }
  PyValues results = OneOf(returned);
  if (!results.empty()) return results;
  const PyObject& first = objects_[targets.front()];
  call.name = first.kind == PyKind::kName || first.kind == PyKind::kClass
                  ? first.name
                  : QualifiedNameIn(callee, frame, 0);
  if (first.kind == PyKind::kName) results = CallKnown(call.name, call, id);
  if (!results.empty()) return results;
  if (attribute && first.kind != PyKind::kName && first.kind != PyKind::kClass) {
    const std::string_view method = TextOf(tree_.Child(callee, "attribute"));
    for (PyId object : Eval(tree_.Child(callee, "object"), frame)) {
      Join(results, CallMethod(method, object, call, id));
    }
    if (!results.empty()) return results;
  }
  if (first.kind == PyKind::kClass) {
    const PyId unnamed = Unknown(id);
    call.value = objects_[unnamed].value;
    call.inner = targets.front();
    return {Add(std::move(call))};
  }
  // Under its full name: what a function of another module returns is found by it.
  const std::string shown = call.name.empty() ? NameOf(id) : call.name + "()";
  call.value = objects_[AddHole(shown, HoleOrigin::kExpression, id)].value;
  return {Add(std::move(call))};
}

// --- what is built in ---

PyValues PythonModule::CallKnown(const std::string& name, const PyObject& call, Id id) {
  const PyItem* first = Argument(call, {}, 0);
  if (IsEnvironmentLookup(name)) return Environment(call, id);
  if (IsPrompt(name)) return {AddHole(name, HoleOrigin::kPrompt, id)};
  if (name == "os.environ.copy") {
    PyObject environment;
    environment.kind = PyKind::kName;
    environment.name = "os.environ";
    environment.value = objects_[Unknown(id)].value;
    environment.node = id;
    return {Add(std::move(environment))};
  }
  if (name == "json.dumps" || name == "yaml.dump" || name == "yaml.safe_dump") {
    if (!first) return {};
    PyObject text;
    text.kind = PyKind::kJson;
    text.node = id;
    text.value = objects_[Unknown(id)].value;
    text.items.push_back(*first);
    return {Add(std::move(text))};
  }
  if (PyValues path = CallPath(name, call, id); !path.empty()) return path;
  if (name == "dict") {
    PyObject map;
    map.kind = PyKind::kMap;
    map.node = id;
    if (first) {
      const PyObject& base = objects_[first->values.front()];
      if (base.kind == PyKind::kMap) {
        map.items = base.items;
      } else {
        map.items.push_back({{}, first->values, first->span, true});
      }
    }
    for (const PyItem& item : call.items) {
      if (!item.key.empty() || item.unpacked) map.items.push_back(item);
    }
    return {Add(std::move(map))};
  }
  if (name == "typing.cast") {
    const PyItem* second = Argument(call, {}, 1);
    return second ? second->values : PyValues{};
  }
  if (first && GivesItsArgument(name)) {
    PyValues values;
    for (PyId value : first->values) {
      const PyKind kind = objects_[value].kind;
      if (kind == PyKind::kJson) {
        Join(values, objects_[value].items.front().values);
      } else if (kind != PyKind::kNull) {
        Join(values, {value});
      }
    }
    return values;
  }
  return CallLibrary(name, call, id);
}

PyValues PythonModule::Environment(const PyObject& call, Id id) {
  const PyItem* variable = Argument(call, "key", 0);
  if (!variable) return {};
  const Value& name = objects_[variable->values.front()].value;
  const PyItem* fallback = Argument(call, "default", 1);
  const bool text = fallback && objects_[fallback->values.front()].kind == PyKind::kText &&
                    !objects_[fallback->values.front()].value.empty();
  PyValues values = {AddHole(name.is_literal() ? std::string(name.text()) : NameOf(id),
                             HoleOrigin::kEnvironment, id, text ? &fallback->values : nullptr)};
  if (text) Join(values, fallback->values);
  return values;
}

PyValues PythonModule::JoinTexts(const std::vector<PyItem>& parts, std::string_view separator,
                                 Id node) {
  Assembler out(*this);
  const Value between(MappedText::Synthetic(std::string(separator), SpanOf(node)));
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out.Add(between);
    out.AddValues(parts[i].values, parts[i].span);
  }
  return out.Finish(node);
}

}  // namespace oakum
