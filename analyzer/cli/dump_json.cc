#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/syntax/json.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpJson(const Source& source) {
  const JsonText text = ParseJson(Value(source.body()));
  Json json = {{"root", DumpData(text.tree)}};
  if (text.error) json["error"] = text.error->message;
  return json;
}

}  // namespace oakum
