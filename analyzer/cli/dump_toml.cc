#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/toml.h"

namespace oakum {

nlohmann::ordered_json DumpToml(const Source& source) {
  const TomlText toml = ParseToml(Value(source.body()));
  return {{"root", DumpData(toml.tree)}, {"errors", DumpErrors(toml.errors)}};
}

}  // namespace oakum
