#include <utility>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/notebook.h"
#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// What an expression folds to; of what is defined or imported, what it is called.
Json DumpObject(const PythonModule& module, PyId id) {
  const PyObject& object = module[id];
  const bool named = object.kind == PyKind::kFunction || object.kind == PyKind::kClass ||
                     object.kind == PyKind::kName;
  if (!named) return DumpData(module.ToData(id));
  const char* kind = object.kind == PyKind::kFunction ? "function"
                     : object.kind == PyKind::kClass  ? "class"
                                                      : "name";
  Json json = {{"kind", kind}, {"name", object.name}};
  if (object.node != SyntaxTree::kNone) json["span"] = DumpSpan(module.SpanOf(object.node));
  return json;
}

Json DumpObjects(const PythonModule& module, const PyValues& values) {
  Json json = Json::array();
  for (const PyId value : values) json.push_back(DumpObject(module, value));
  return json;
}

Json DumpCall(PythonModule& module, SyntaxTree::Id id) {
  const PyObject call = module.CallOf(id);
  Json arguments = Json::array();
  for (const PyItem& item : call.items) {
    Json argument = Json::object();
    if (!item.key.empty()) argument["name"] = DumpValue(item.key);
    argument["span"] = DumpSpan(item.span);
    argument["values"] = DumpObjects(module, item.values);
    if (item.unpacked) argument["unpacked"] = true;
    arguments.push_back(std::move(argument));
  }
  return {{"callee", call.name},
          {"span", DumpSpan(module.SpanOf(id))},
          {"arguments", std::move(arguments)}};
}

Json DumpModule(const Value& text) {
  PythonModule module(text);
  Json json = {{"imports", Json::array()}, {"names", Json::array()}, {"calls", Json::array()}};
  for (const PyImport& import : module.Imports()) {
    json["imports"].push_back(
        {{"name", import.name}, {"imported", import.imported}, {"span", DumpSpan(import.span)}});
  }
  for (const PyBinding& binding : module.BoundNames()) {
    Json places = Json::array();
    for (const Span place : binding.places) places.push_back(DumpSpan(place));
    json["names"].push_back({{"name", binding.name},
                             {"scope", binding.scope},
                             {"places", std::move(places)},
                             {"values", DumpObjects(module, binding.values)}});
  }
  for (SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (module.tree().Is(id, "call")) json["calls"].push_back(DumpCall(module, id));
  }
  json["errors"] = DumpErrors(module.Errors());
  return json;
}

// Those that stand in a cell.
Json DumpWithin(Span cell, const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) {
    if (cell.Contains(value.ToSource())) json.push_back(DumpValue(value));
  }
  return json;
}

Json DumpCell(const Notebook& notebook, const Notebook::Cell& cell) {
  Json json = {{"type", cell.type}, {"text", DumpValue(cell.text)}};
  if (cell.type != "code") return json;
  const Span span = cell.text.ToSource();
  json["python"] = DumpValue(cell.python);
  json["scripts"] = DumpWithin(span, notebook.scripts);
  json["variables"] = Json::array();
  for (const Notebook::Variable& variable : notebook.variables) {
    if (!span.Contains(variable.name.ToSource())) continue;
    json["variables"].push_back(
        {{"name", DumpValue(variable.name)}, {"value", DumpValue(variable.value)}});
  }
  json["other_magics"] = DumpWithin(span, notebook.magics);
  return json;
}

}  // namespace

Json DumpPython(const Source& source) {
  return DumpModule(Value(source.body()));
}

Json DumpNotebook(const Source& source) {
  const Notebook notebook = ParseNotebook(Value(source.body()));
  Json json = {{"cells", Json::array()}};
  for (const Notebook::Cell& cell : notebook.cells) {
    json["cells"].push_back(DumpCell(notebook, cell));
  }
  json["program"] = DumpModule(notebook.python);
  std::vector<Error> errors;
  if (notebook.error) errors.push_back(*notebook.error);
  json["errors"] = DumpErrors(errors);
  return json;
}

}  // namespace oakum
