#include "analyzer/cli/dump.h"
#include "analyzer/syntax/justfile.h"

namespace oakum {

using Json = nlohmann::ordered_json;

namespace {

Json DumpVariables(const std::vector<JustVariable>& variables) {
  Json json = Json::array();
  for (const JustVariable& variable : variables) {
    json.push_back({{"name", variable.name},
                    {"value", variable.value.Describe()},
                    {"span", {variable.span.begin, variable.span.end}}});
  }
  return json;
}

}  // namespace

Json DumpJustfile(const Source& source) {
  const Justfile justfile = ParseJustfile(source.body());
  Json json = {{"variables", DumpVariables(justfile.variables)}, {"recipes", Json::array()}};
  for (const JustRecipe& recipe : justfile.recipes) {
    Json scripts = Json::array();
    for (const Value& script : recipe.scripts) {
      const Span span = script.ToSource();
      scripts.push_back({{"text", script.Describe()}, {"span", {span.begin, span.end}}});
    }
    json["recipes"].push_back(
        {{"parameters", DumpVariables(recipe.parameters)},
         {"interpreter", recipe.interpreter.empty() ? justfile.shell : recipe.interpreter},
         {"scripts", std::move(scripts)}});
  }
  return json;
}

}  // namespace oakum
