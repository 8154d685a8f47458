#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/json.h"

namespace oakum {

nlohmann::ordered_json DumpJson(const Source& source) {
  const JsonText text = ParseJson(Value(source.body()));
  std::vector<Error> errors;
  if (text.error) errors.push_back(*text.error);
  nlohmann::ordered_json json = {{"root", DumpData(text.tree)}, {"errors", DumpErrors(errors)}};
  for (const DataTree& tree : text.further) json["further"].push_back(DumpData(tree));
  return json;
}

}  // namespace oakum
