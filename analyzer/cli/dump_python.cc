#include <utility>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/syntax/notebook.h"
#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// Every call with what its arguments fold to.
Json DumpModule(const Value& text) {
  PythonModule module(text);
  Json json = {{"calls", Json::array()}};
  for (SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (!module.tree().Is(id, "call")) continue;
    const PyObject call = module.CallOf(id);
    const Span span = module.SpanOf(id);
    Json arguments = Json::array();
    for (const PyItem& item : call.items) {
      Json argument = Json::object();
      if (!item.key.empty()) argument["name"] = item.key.Describe();
      for (PyId value : item.values) argument["values"].push_back(DumpData(module.ToData(value)));
      arguments.push_back(std::move(argument));
    }
    json["calls"].push_back({{"callee", call.name},
                             {"span", {span.begin, span.end}},
                             {"arguments", std::move(arguments)}});
  }
  if (module.error()) json["error"] = module.error()->message;
  return json;
}

}  // namespace

Json DumpPython(const Source& source) {
  return DumpModule(Value(source.body()));
}

Json DumpNotebook(const Source& source) {
  const Notebook notebook = ParseNotebook(Value(source.body()));
  Json json = DumpModule(notebook.python);
  json["scripts"] = Json::array();
  for (const Value& script : notebook.scripts) {
    const Span span = script.ToSource();
    json["scripts"].push_back({{"text", script.Describe()}, {"span", {span.begin, span.end}}});
  }
  return json;
}

}  // namespace oakum
