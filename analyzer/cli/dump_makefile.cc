#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

using Json = nlohmann::ordered_json;

// make's own grammar is not checked: there are no errors.
Json DumpMakefile(const Source& source) {
  const Makefile makefile = ParseMakefile(source.body());
  Json variables = Json::array();
  for (const MakeVariable& variable : makefile.variables) {
    Json entry = {{"name", variable.name},
                  {"name_span", DumpSpan(variable.name_span)},
                  {"value", DumpValue(variable.value)},
                  {"span", DumpSpan(variable.span)}};
    if (variable.exported) entry["exported"] = true;
    if (variable.append) entry["append"] = true;
    if (variable.command) entry["command"] = true;
    if (variable.conditional) entry["conditional"] = true;
    variables.push_back(std::move(entry));
  }
  return {{"variables", std::move(variables)},
          {"scripts", DumpValues(makefile.scripts)},
          {"errors", Json::array()}};
}

}  // namespace oakum
