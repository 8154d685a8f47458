#include "analyzer/cli/dump.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpMakefile(const Source& source) {
  const Makefile makefile = ParseMakefile(source.body());
  Json json = {{"variables", Json::array()}, {"scripts", Json::array()}};
  for (const MakeVariable& variable : makefile.variables) {
    json["variables"].push_back({{"name", variable.name},
                                 {"value", variable.value.Describe()},
                                 {"span", {variable.span.begin, variable.span.end}}});
  }
  for (const Value& script : makefile.scripts) {
    const Span span = script.ToSource();
    json["scripts"].push_back({{"text", script.Describe()}, {"span", {span.begin, span.end}}});
  }
  return json;
}

}  // namespace oakum
