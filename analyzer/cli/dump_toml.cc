#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/syntax/toml.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpToml(const Source& source) {
  const TomlText toml = ParseToml(Value(source.body()));
  Json json = {{"root", DumpData(toml.tree)}, {"errors", Json::array()}};
  for (const Error& error : toml.errors) json["errors"].push_back(error.message);
  return json;
}

}  // namespace oakum
