#include "analyzer/cli/dump.h"
#include "analyzer/syntax/requirements.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpRequirements(const Source& source) {
  Json json = Json::array();
  for (const RequirementsItem& item : ParseRequirements(Value(source.body()))) {
    Json entry = Json::object();
    if (item.is_option()) entry["option"] = item.option;
    if (!item.name.empty()) entry["name"] = item.name;
    if (!item.vcs.empty()) entry["vcs"] = item.vcs;
    if (!item.url.empty()) entry["url"] = item.url.Describe();
    entry["value"] = item.value.Describe();
    const Span value = item.value.ToSource();
    entry["value_span"] = {value.begin, value.end};
    entry["span"] = {item.span.begin, item.span.end};
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace oakum
