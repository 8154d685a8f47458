#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/justfile.h"

namespace oakum {

using Json = nlohmann::ordered_json;

namespace {

Json DumpVariables(const std::vector<JustVariable>& variables) {
  Json json = Json::array();
  for (const JustVariable& variable : variables) {
    json.push_back({{"name", variable.name},
                    {"name_span", DumpSpan(variable.name_span)},
                    {"value", DumpValue(variable.value)},
                    {"span", DumpSpan(variable.span)}});
    if (variable.exported) json.back()["exported"] = true;
  }
  return json;
}

}  // namespace

// just's own grammar is not checked: there are no errors.
Json DumpJustfile(const Source& source) {
  const Justfile justfile = ParseJustfile(source.body());
  Json recipes = Json::array();
  for (const JustRecipe& recipe : justfile.recipes) {
    recipes.push_back(
        {{"parameters", DumpVariables(recipe.parameters)},
         {"interpreter", recipe.interpreter.empty() ? justfile.shell : recipe.interpreter},
         {"scripts", DumpValues(recipe.scripts)}});
  }
  return {{"variables", DumpVariables(justfile.variables)},
          {"recipes", std::move(recipes)},
          {"commands", DumpValues(justfile.commands)},
          {"errors", Json::array()}};
}

}  // namespace oakum
