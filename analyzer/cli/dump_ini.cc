#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/ini.h"

namespace oakum {

using Json = nlohmann::ordered_json;

Json DumpIni(const Source& source) {
  const IniText ini = ParseIni(Value(source.body()));
  Json entries = Json::array();
  for (const IniEntry& entry : ini.entries) {
    entries.push_back({{"section", DumpValue(entry.section)},
                       {"key", entry.key},
                       {"key_span", DumpSpan(entry.key_span)},
                       {"value", DumpValue(entry.value)},
                       {"span", DumpSpan(entry.span)}});
  }
  return {{"entries", std::move(entries)}, {"errors", DumpErrors(ini.errors)}};
}

}  // namespace oakum
