#include "analyzer/cli/dump.h"
#include "analyzer/syntax/ini.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpIni(const Source& source) {
  const IniText ini = ParseIni(Value(source.body()));
  Json entries = Json::array();
  for (const IniEntry& entry : ini.entries) {
    const Span value = entry.value.ToSource();
    entries.push_back({{"section", entry.section.Describe()},
                       {"key", entry.key},
                       {"value", entry.value.Describe()},
                       {"key_span", {entry.key_span.begin, entry.key_span.end}},
                       {"value_span", {value.begin, value.end}}});
  }
  Json json = {{"entries", std::move(entries)}, {"errors", Json::array()}};
  for (const Error& error : ini.errors) json["errors"].push_back(error.message);
  return json;
}

}  // namespace oakum
