#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_data.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/hcl.h"

namespace oakum {

nlohmann::ordered_json DumpHcl(const Source& source) {
  const HclText hcl = ParseHcl(source.body());
  return {{"root", DumpData(hcl.tree)}, {"errors", DumpErrors(hcl.errors)}};
}

}  // namespace oakum
