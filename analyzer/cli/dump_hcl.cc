#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/syntax/hcl.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpHcl(const Source& source) {
  const HclText hcl = ParseHcl(source.body());
  Json json = {{"root", DumpData(hcl.tree)}, {"errors", Json::array()}};
  for (const Error& error : hcl.errors) json["errors"].push_back(error.message);
  return json;
}

}  // namespace oakum
