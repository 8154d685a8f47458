#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/requirements.h"

namespace oakum {

using Json = nlohmann::ordered_json;

// Whatever stands on a line is a requirement to pip: there are no errors.
Json DumpRequirements(const Source& source) {
  Json items = Json::array();
  for (const RequirementsItem& item : ParseRequirements(Value(source.body()))) {
    Json entry = Json::object();
    if (item.is_option()) entry["option"] = item.option;
    if (!item.name.empty()) entry["name"] = item.name;
    if (!item.vcs.empty()) entry["vcs"] = item.vcs;
    if (!item.url.empty()) entry["url"] = DumpValue(item.url);
    entry["value"] = DumpValue(item.value);
    entry["span"] = DumpSpan(item.span);
    items.push_back(std::move(entry));
  }
  return {{"items", std::move(items)}, {"errors", Json::array()}};
}

}  // namespace oakum
